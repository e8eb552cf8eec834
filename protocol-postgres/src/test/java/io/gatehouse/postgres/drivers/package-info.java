/**
 * Drivers of the Java world, each case once against the server itself and once through the gate.
 */
@NullMarked
package io.gatehouse.postgres.drivers;

import org.jspecify.annotations.NullMarked;

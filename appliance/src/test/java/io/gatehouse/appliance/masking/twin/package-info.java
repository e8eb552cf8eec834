/**
 * Databases that differ in protected values only, statements to ask both of them, and the
 * comparison of all that comes back: what differs depends on protected values.
 */
@NullMarked
package io.gatehouse.appliance.masking.twin;

import org.jspecify.annotations.NullMarked;

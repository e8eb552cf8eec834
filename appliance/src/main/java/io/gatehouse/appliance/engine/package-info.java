/**
 * The gate behind the port: knows the caller, finds the target, answers each command, writes the
 * command log. Everything here is called on event loops and never waits.
 */
@NullMarked
package io.gatehouse.appliance.engine;

import org.jspecify.annotations.NullMarked;

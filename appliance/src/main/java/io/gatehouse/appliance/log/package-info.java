/**
 * The form of the log: one line an event, key=value, with nothing a caller typed able to forge a
 * line.
 */
@NullMarked
package io.gatehouse.appliance.log;

import org.jspecify.annotations.NullMarked;

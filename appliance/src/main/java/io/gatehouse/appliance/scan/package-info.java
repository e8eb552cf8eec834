/**
 * Looks through samples of a target's tables for values that give themselves away, and at the names
 * of columns, and proposes tags as a file for somebody to review. Reads only, with bounds on rows,
 * lengths and time, and keeps no value. For the command line; used from one thread.
 */
@NullMarked
package io.gatehouse.appliance.scan;

import org.jspecify.annotations.NullMarked;

/**
 * What is kept and for how long: retention classes, the orders of operators, holds, and the pruning
 * that makes what is old unreadable. Knows the journal by its signed rows and its keys; {@code
 * docs/journal.md} says what is promised.
 */
@NullMarked
package io.gatehouse.appliance.journal.keep;

import org.jspecify.annotations.NullMarked;

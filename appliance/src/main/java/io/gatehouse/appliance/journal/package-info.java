/**
 * The journal as the gate uses it: one room that every session writes to and nobody reads from.
 * What is written goes into the tail on the session's event loop ({@code tail}), under a key of the
 * session's own ({@code key}), and is made into what can be proved by a thread of its own ({@code
 * seal}). What records say is in {@code record}.
 */
@NullMarked
package io.gatehouse.appliance.journal;

import org.jspecify.annotations.NullMarked;

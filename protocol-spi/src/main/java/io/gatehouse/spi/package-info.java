/**
 * The port between the wire and the rules. A protocol module drives it, the appliance answers it.
 * Nothing here names a protocol's message, a policy or a journal.
 *
 * <p>Order of calls in a session: {@code Gate.open}, {@code greet}, {@code identify}, {@code
 * route}, then for each command {@code submit} and {@code outcome}, and {@code closed} exactly
 * once, always last. All calls come from the session's event loop and must return without blocking.
 */
@NullMarked
package io.gatehouse.spi;

import org.jspecify.annotations.NullMarked;

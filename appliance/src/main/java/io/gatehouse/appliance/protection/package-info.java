/**
 * Protected columns: whether a statement may run for a caller who must not see them, and what of
 * its result is masked. What is not proved is refused. Immutable; decided on the analysis threads
 * or the event loop, used on the event loop.
 */
@NullMarked
package io.gatehouse.appliance.protection;

import org.jspecify.annotations.NullMarked;

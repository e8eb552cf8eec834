/**
 * Definitions of tools and prompts, as servers list them. What a server says of a tool is read by
 * models as if somebody trusted it; so a definition counts by its digest, and one that differs from
 * what was accepted is neither shown nor called until somebody accepts it. Looked at on event loops
 * without waiting; a thread of its own keeps what was seen in the control store and follows it.
 */
@NullMarked
package io.gatehouse.appliance.pin;

import org.jspecify.annotations.NullMarked;

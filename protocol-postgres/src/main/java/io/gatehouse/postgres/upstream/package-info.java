/**
 * The way to a server: connecting, proving each other's identity, cancelling, and the gate's own
 * statements. A connection lives on the event loop it was asked for on.
 */
@NullMarked
package io.gatehouse.postgres.upstream;

import org.jspecify.annotations.NullMarked;

/**
 * A session at work: what the client asks, what the server answers, and where the one ends and the
 * other begins. On the session's event loop.
 */
@NullMarked
package io.gatehouse.mysql.relay;

import org.jspecify.annotations.NullMarked;

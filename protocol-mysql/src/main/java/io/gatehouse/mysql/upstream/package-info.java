/**
 * The way to a server: connecting, TLS, and the login with the held credential. A connection lives
 * on the event loop it was asked for on.
 */
@NullMarked
package io.gatehouse.mysql.upstream;

import org.jspecify.annotations.NullMarked;

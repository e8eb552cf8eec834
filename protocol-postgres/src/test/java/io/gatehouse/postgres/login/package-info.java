/** The start of a session, in pieces small enough to test without a socket. */
@NullMarked
package io.gatehouse.postgres.login;

import org.jspecify.annotations.NullMarked;

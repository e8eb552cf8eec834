/**
 * The server's side of SASL OAUTHBEARER (RFC 7628): what a client says in place of a password. It
 * takes and refuses what PostgreSQL 18 does, in its words. What a token is worth is not known here.
 */
@NullMarked
package io.gatehouse.postgres.oauth;

import org.jspecify.annotations.NullMarked;

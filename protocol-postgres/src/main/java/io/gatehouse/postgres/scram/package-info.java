/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677, RFC 5929) as PostgreSQL speaks it, from
 * both ends: the gate is the server towards clients and the client towards servers.
 */
@NullMarked
package io.gatehouse.postgres.scram;

import org.jspecify.annotations.NullMarked;

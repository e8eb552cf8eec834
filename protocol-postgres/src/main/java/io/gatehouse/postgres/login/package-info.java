/**
 * From accept to ready: the untyped first packets, TLS, who the client wants to be, its proof, and
 * the server it is connected to. On the client's event loop.
 */
@NullMarked
package io.gatehouse.postgres.login;

import org.jspecify.annotations.NullMarked;

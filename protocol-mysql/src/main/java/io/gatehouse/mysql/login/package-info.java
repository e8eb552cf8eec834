/**
 * From accept to ready: the gate's greeting, TLS, who the client wants to be, its proof, and the
 * server it is connected to. On the client's event loop.
 */
@NullMarked
package io.gatehouse.mysql.login;

import org.jspecify.annotations.NullMarked;

/**
 * Tokens of an authorization server by the grant client credentials (RFC 6749, section 4.4), for
 * servers that want a bearer token (RFC 6750) of the gate. Sees the plugin API, what sources over
 * HTTP share, and the JDK only. A question leaves nothing behind.
 */
@NullMarked
package io.gatehouse.plugins.oauth;

import org.jspecify.annotations.NullMarked;

/**
 * The way to servers over HTTP/1.1: connections that are kept for each event loop, TLS that proves
 * who the server is, and the credential that the gate holds there.
 */
@NullMarked
package io.gatehouse.mcp.upstream;

import org.jspecify.annotations.NullMarked;

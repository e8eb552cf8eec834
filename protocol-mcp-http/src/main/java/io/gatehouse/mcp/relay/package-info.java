/**
 * Conversations: what a client asks is submitted to the gate, asked of the server, and what the
 * server says comes back message by message, as far as the gate lets it. A conversation is one
 * session of the gate's, on one event loop, whichever connections its requests come by.
 */
@NullMarked
package io.gatehouse.mcp.relay;

import org.jspecify.annotations.NullMarked;

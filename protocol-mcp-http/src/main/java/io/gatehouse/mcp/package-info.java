/**
 * MCP over HTTP, and the HTTP that inference endpoints share. What there is: HTTP as it is met by
 * strangers ({@code frame}, {@code http}) and asked of servers ({@code upstream}), events in
 * streams ({@code sse}) and the messages of the protocol ({@code rpc}). Nothing is served yet.
 */
@NullMarked
package io.gatehouse.mcp;

import org.jspecify.annotations.NullMarked;

/**
 * MCP over HTTP, and the HTTP that inference endpoints share. On the path of a request: HTTP as it
 * is met by strangers ({@code frame}, {@code http}), what an era of the protocol asks of it ({@code
 * era}), who calls ({@code login}), the conversation ({@code relay}), HTTP as it is asked of
 * servers ({@code upstream}); and what all of them read, events ({@code sse}) and messages ({@code
 * rpc}).
 */
@NullMarked
package io.gatehouse.mcp;

import org.jspecify.annotations.NullMarked;

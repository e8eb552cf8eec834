/** MCP over HTTP, and the HTTP that inference endpoints share. Empty so far. */
@NullMarked
package io.gatehouse.mcp;

import org.jspecify.annotations.NullMarked;

/** MCP over HTTP, and the HTTP that inference endpoints share. Nothing is served yet. */
@NullMarked
package io.gatehouse.mcp;

import org.jspecify.annotations.NullMarked;

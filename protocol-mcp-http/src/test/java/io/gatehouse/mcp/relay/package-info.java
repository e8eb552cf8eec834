/** Conversations between real clients and servers, with a gate that follows a script. */
@NullMarked
package io.gatehouse.mcp.relay;

import org.jspecify.annotations.NullMarked;

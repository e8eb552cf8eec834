/** The whole gate between clients and a server of MCP. */
@NullMarked
package io.gatehouse.appliance.mcp;

import org.jspecify.annotations.NullMarked;

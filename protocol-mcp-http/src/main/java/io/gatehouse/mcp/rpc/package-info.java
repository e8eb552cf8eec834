/**
 * The messages of MCP: JSON-RPC 2.0 in the five revisions of the specification, read strictly from
 * JSON that stays the bytes it came as. Knows what a method names and what a revision asks for, and
 * no connection, stream or policy.
 */
@NullMarked
package io.gatehouse.mcp.rpc;

import org.jspecify.annotations.NullMarked;

/**
 * Who calls: the bearer token of a request, shown to the gate, and where the gate sends its bearer.
 */
@NullMarked
package io.gatehouse.mcp.login;

import org.jspecify.annotations.NullMarked;

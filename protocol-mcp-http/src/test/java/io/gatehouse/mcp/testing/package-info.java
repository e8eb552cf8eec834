/** A front in this process, raw clients, fake servers and certificates. */
@NullMarked
package io.gatehouse.mcp.testing;

import org.jspecify.annotations.NullMarked;

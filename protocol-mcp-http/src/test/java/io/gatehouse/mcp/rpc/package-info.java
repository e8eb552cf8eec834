/** Messages of both eras, by example and at random. */
@NullMarked
package io.gatehouse.mcp.rpc;

import org.jspecify.annotations.NullMarked;

/** Streams of events, cut at every place. */
@NullMarked
package io.gatehouse.mcp.sse;

import org.jspecify.annotations.NullMarked;

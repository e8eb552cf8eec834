/**
 * HTTP/1.1 cut out of bytes, in both directions and strictly: two readers must not be able to
 * disagree about where a message ends or what it says, so what leaves room for that is refused.
 */
@NullMarked
package io.gatehouse.mcp.frame;

import org.jspecify.annotations.NullMarked;

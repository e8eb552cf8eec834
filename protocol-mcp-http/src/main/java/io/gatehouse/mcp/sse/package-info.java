/**
 * Server-sent events, as the HTML standard of WHATWG has them: read piece by piece however the
 * bytes are cut, with the bytes of each piece kept, so that what nobody changes goes on as it came;
 * and written.
 */
@NullMarked
package io.gatehouse.mcp.sse;

import org.jspecify.annotations.NullMarked;

/**
 * What each era of the protocol asks of a message that a client posts. The older one has sessions
 * that begin with initialize; in the newer one each request says all about itself, and headers say
 * it again.
 */
@NullMarked
package io.gatehouse.mcp.era;

import org.jspecify.annotations.NullMarked;

/** The Java SDK of the specification's authors, as a client and as a server. */
@NullMarked
package io.gatehouse.mcp.sdk;

import org.jspecify.annotations.NullMarked;

/**
 * Messages on record, put into words for people. They believe nothing that a message says of
 * itself; what is shown is made safe for a terminal by whoever prints it.
 */
@NullMarked
package io.gatehouse.mcp.shown;

import org.jspecify.annotations.NullMarked;

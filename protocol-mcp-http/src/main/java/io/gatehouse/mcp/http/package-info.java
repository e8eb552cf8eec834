/**
 * The front over HTTP: what requests must be like to be let in, and exchanges, each a request with
 * its whole body and its one answer or stream, over HTTP/1.1 and HTTP/2 alike. What the body says
 * is not read here.
 */
@NullMarked
package io.gatehouse.mcp.http;

import org.jspecify.annotations.NullMarked;

package io.gatehouse.mcp.upstream;

import io.gatehouse.mcp.frame.Headers;
import io.netty.buffer.ByteBuf;

/**
 * Hears an answer, on the event loop of its question: the head, parts and the end, or at any point
 * the failure, which is the last. A part of an answer is never the whole of it.
 */
public interface Ear {

  /**
   * @param headers without those that are of the connection only
   */
  void head(int status, Headers headers);

  /** The ear's to release. Some more may come after a pause was asked for. */
  void part(ByteBuf part);

  void end();

  /**
   * @param message for the log; no secret
   */
  void failed(Failure kind, String message);
}

package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.upstream.Ear;
import io.gatehouse.mcp.upstream.Failure;
import io.netty.buffer.ByteBuf;

/** Hears what nobody waits for. */
final class Deaf implements Ear {
  @Override
  public void head(int status, Headers headers) {}

  @Override
  public void part(ByteBuf part) {
    part.release();
  }

  @Override
  public void end() {}

  @Override
  public void failed(Failure kind, String message) {}
}

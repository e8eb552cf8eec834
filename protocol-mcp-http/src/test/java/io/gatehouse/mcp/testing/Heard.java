package io.gatehouse.mcp.testing;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.upstream.Ear;
import io.gatehouse.mcp.upstream.Failure;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers an answer. */
public final class Heard implements Ear {
  public volatile int status;
  public volatile Headers headers = Headers.NONE;
  public volatile String message = "";
  public final AtomicLong bytes = new AtomicLong();
  private final Queue<String> body = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<String> over = new CompletableFuture<>();

  @Override
  public void head(int newStatus, Headers newHeaders) {
    status = newStatus;
    headers = newHeaders;
  }

  @Override
  public void part(ByteBuf part) {
    bytes.addAndGet(part.readableBytes());
    if (bytes.get() < 100_000) {
      body.add(part.toString(StandardCharsets.UTF_8));
    }
    part.release();
  }

  @Override
  public void end() {
    once("end");
  }

  @Override
  public void failed(Failure kind, String why) {
    message = why;
    once(kind.name());
  }

  private void once(String what) {
    if (!over.complete(what)) {
      throw new AssertionError("it ended twice");
    }
  }

  public String body() {
    return String.join("", body);
  }

  public boolean isOver() {
    return over.isDone();
  }

  /** {@code end}, or the name of the failure. */
  public String outcome() throws Exception {
    return over.get(Patience.MILLIS, TimeUnit.MILLISECONDS);
  }
}

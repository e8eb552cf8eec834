package io.gatehouse.appliance.catalog;

import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to the real server, which the test can cut or make slow. Thread-safe. */
final class Line implements UpstreamPort {
  private final UpstreamPort server;
  private final AtomicInteger statements = new AtomicInteger();
  private volatile int heldFrom = -1;
  private volatile boolean cut;
  private volatile CompletableFuture<Boolean> slow = CompletableFuture.completedFuture(true);

  Line(UpstreamPort server) {
    this.server = server;
  }

  @Override
  public CompletionStage<Rows> run(Upstream upstream, Statement statement) {
    if (statements.incrementAndGet() == heldFrom) {
      hold();
    }
    if (cut) {
      return CompletableFuture.failedFuture(new UpstreamException("the line is cut"));
    }
    CompletableFuture<Boolean> held = slow;
    return server.run(upstream, statement).thenCompose(rows -> held.thenApply(_ -> rows));
  }

  void cut(boolean now) {
    cut = now;
  }

  /** Answers that are asked for from now on stay on the way until {@link #release}. */
  void hold() {
    slow = new CompletableFuture<>();
  }

  /** As {@link #hold}, from the statement of this number on. */
  void holdFrom(int statement) {
    heldFrom = statement;
  }

  void release() {
    releaseUntil(-1);
  }

  /** As {@link #release}, but the statement of this number is held again. */
  void releaseUntil(int statement) {
    heldFrom = statement;
    CompletableFuture<Boolean> held = slow;
    slow = CompletableFuture.completedFuture(true);
    held.complete(true);
  }

  int statements() {
    return statements.get();
  }
}

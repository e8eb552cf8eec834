package io.gatehouse.mcp.testing;

import io.gatehouse.mcp.http.Desk;
import io.gatehouse.mcp.http.Exchange;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hands exchanges to the test, which answers them when it pleases. */
public final class Asked implements Desk {
  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

  @Override
  public void asked(Exchange exchange) {
    exchanges.add(exchange);
  }

  public Exchange next() throws InterruptedException {
    Exchange exchange = exchanges.poll(Patience.MILLIS, TimeUnit.MILLISECONDS);
    if (exchange == null) {
      throw new AssertionError("nothing was asked");
    }
    return exchange;
  }

  public int waiting() {
    return exchanges.size();
  }

  /** On the exchange's loop, and waits until it is done. */
  public static void with(Exchange exchange, Consumer<Exchange> action) {
    CompletableFuture.runAsync(() -> action.accept(exchange), exchange.loop()).join();
  }
}

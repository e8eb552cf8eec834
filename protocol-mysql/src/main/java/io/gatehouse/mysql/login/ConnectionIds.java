package io.gatehouse.mysql.login;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers for greetings, of the gate's own: what a client names in KILL QUERY must not be a number
 * that the server knows. Thread-safe.
 */
final class ConnectionIds {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private ConnectionIds() {}

  /** Never 0, which servers give to nobody. */
  static int next() {
    return NEXT.updateAndGet(last -> last == -1 ? 1 : last + 1);
  }
}

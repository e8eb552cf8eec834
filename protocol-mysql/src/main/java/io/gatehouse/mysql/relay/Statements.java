package io.gatehouse.mysql.relay;

import io.gatehouse.spi.message.ProtocolException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the session has prepared, by the server's numbers, which it gives to each connection by
 * itself. Owned by the session's event loop.
 */
final class Statements {
  private final Map<Integer, Prepared> all = new HashMap<>();
  private long keptBytes;

  int count() {
    return all.size();
  }

  /** Texts, values that came ahead, and values of open cursors. */
  long keptBytes() {
    return keptBytes;
  }

  /** Changes what is kept for one of them. */
  void change(Prepared prepared, Runnable change) {
    keptBytes -= prepared.bytes();
    change.run();
    keptBytes += prepared.bytes();
  }

  /** Null for a number that was not given through the gate, such as MariaDB's -1 for the last. */
  @Nullable Prepared find(int id) {
    return all.get(id);
  }

  void made(Prepared prepared) {
    if (all.putIfAbsent(prepared.id(), prepared) != null) {
      throw new ProtocolException("it gives one number to two statements");
    }
    keptBytes += prepared.bytes();
  }

  void close(int id) {
    Prepared closed = all.remove(id);
    keptBytes -= closed == null ? 0 : closed.bytes();
  }

  /** The session was reset. */
  void closeAll() {
    all.clear();
    keptBytes = 0;
  }

  void redecideAll() {
    all.values().forEach(Prepared::forgetDecision);
  }
}

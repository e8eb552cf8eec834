package io.gatehouse.mcp.relay;

import io.gatehouse.spi.OutcomeKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the older era whose stream has ended before their answer, which may come by a stream
 * that goes on with it. On the conversation's event loop.
 */
final class LeftOpen {
  /** More than clients come again for; the eldest is given up. */
  private static final int MOST = 16;

  private final Map<Long, Forwarding> requests = new LinkedHashMap<>();

  void add(Forwarding request) {
    requests.put(request.call().sequence(), request);
    if (requests.size() > MOST) {
      giveUp(requests.remove(requests.keySet().iterator().next()));
    }
  }

  private static void giveUp(@Nullable Forwarding request) {
    if (request != null) {
      request.call().end(OutcomeKind.UNKNOWN, null);
    }
  }

  /** Somebody goes on with it; it is to be left again if that ends before the answer. */
  Optional<Forwarding> take(long call) {
    return Optional.ofNullable(requests.remove(call));
  }

  /** Nothing more comes of it. */
  void forget(Call call) {
    requests.remove(call.sequence());
  }

  int size() {
    return requests.size();
  }

  void clear() {
    requests.clear();
  }
}

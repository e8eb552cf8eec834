package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.spi.OutcomeKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the older era whose stream has ended before their answer, which may come by another
 * stream. What comes by that is theirs to decide, too. On the conversation's event loop.
 */
final class LeftOpen {
  /** More than clients come again for; the eldest is given up. */
  private static final int MOST = 16;

  /**
   * @param passing by the plan of the call
   */
  record Request(Call call, Passing passing) {}

  private final Map<RequestId, Request> requests = new LinkedHashMap<>();

  void add(RequestId id, Call call, Passing passing) {
    giveUp(requests.put(id, new Request(call, passing)));
    if (requests.size() > MOST) {
      RequestId eldest = requests.keySet().iterator().next();
      giveUp(requests.remove(eldest));
    }
  }

  private static void giveUp(@Nullable Request request) {
    if (request != null) {
      request.call().end(OutcomeKind.UNKNOWN, null);
    }
  }

  /** Its answer is there. */
  Optional<Request> take(RequestId id) {
    return Optional.ofNullable(requests.remove(id));
  }

  /** Nothing more comes of it. */
  void forget(Call call) {
    requests.values().removeIf(request -> request.call() == call);
  }

  int size() {
    return requests.size();
  }

  Collection<Request> all() {
    return List.copyOf(requests.values());
  }

  void clear() {
    requests.clear();
  }
}

package io.gatehouse.appliance.identity.saml;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were sent to the provider and not answered yet. Thread-safe. Anybody may make one,
 * so they are bounded, and nobody can push out what came from elsewhere.
 */
public final class OpenRequests {
  static final int MOST = 8_192;
  static final int MOST_OF_ONE_SOURCE = 256;
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final int ID_BYTES = 20;

  /** Whoever has an IPv6 address has all of its network of /64 (RFC 6177, section 2). */
  private static final int NETWORK_BYTES = 8;

  private final InstantSource clock;
  private final SecureRandom random;

  // Guarded by this. In the order in which they were asked, which is that in which they end.
  private final Map<String, Kept> byId = new LinkedHashMap<>();
  private final Map<String, Deque<String>> bySource = new HashMap<>();

  /**
   * Who waits on which port for what.
   *
   * @param challenge of the verifier that only the command knows
   * @param port on the loopback address of the browser's machine
   * @param state what the command knows its answer by
   */
  public record Waiting(String challenge, int port, String state) {}

  /**
   * @param asked when
   */
  record Open(Waiting waiting, Instant asked) {}

  private record Kept(Open open, String network) {}

  public OpenRequests(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** The id of a new request; empty if there are too many. */
  public synchronized Optional<String> add(Waiting waiting, String source) {
    Instant now = clock.instant();
    forget(now);
    String network = network(source);
    Deque<String> theirs = bySource.computeIfAbsent(network, _ -> new ArrayDeque<>());
    if (theirs.size() >= MOST_OF_ONE_SOURCE) {
      byId.remove(theirs.removeFirst());
    } else if (byId.size() >= MOST) {
      drop(network, "");
      return Optional.empty();
    }
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = "_" + HexFormat.of().formatHex(bytes);
    theirs.addLast(id);
    byId.put(id, new Kept(new Open(waiting, now), network));
    return Optional.of(id);
  }

  synchronized Optional<Open> find(String id) {
    forget(clock.instant());
    return Optional.ofNullable(byId.get(id)).map(Kept::open);
  }

  /** Whether it was there; it is not afterwards. */
  synchronized boolean take(String id) {
    forget(clock.instant());
    @Nullable Kept kept = byId.remove(id);
    if (kept != null) {
      drop(kept.network(), id);
    }
    return kept != null;
  }

  private void forget(Instant now) {
    Iterator<Map.Entry<String, Kept>> all = byId.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Kept> oldest = all.next();
      if (oldest.getValue().open().asked().plus(KEPT).isAfter(now)) {
        return;
      }
      all.remove();
      drop(oldest.getValue().network(), oldest.getKey());
    }
  }

  private void drop(String network, String id) {
    bySource.computeIfPresent(
        network,
        (_, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
  }

  private static String network(String source) {
    try {
      return InetAddress.ofLiteral(source) instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
          : source;
    } catch (IllegalArgumentException e) {
      return source;
    }
  }
}

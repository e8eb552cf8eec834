package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.http.Exchange;
import io.gatehouse.mcp.login.BearerToken;
import io.gatehouse.mcp.rpc.Revision;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.LoginRequest.TlsFacts;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The conversations of a listener. One of the older era is found by the id that the client was
 * given, one of the newer by who asks where; and both by the login alone that they began with.
 * Thread-safe.
 */
public final class Conversations {
  /** Guessing one of 2^192 is no use anyhow, without the token. */
  private static final int ID_BYTES = 24;

  /**
   * @param source what is decided by it is decided by that of each request
   * @param certificates the verified ones of the client
   * @param id empty in the newer era
   */
  private record Key(
      String path,
      BearerToken.Digest login,
      InetAddress source,
      List<X509Certificate> certificates,
      String id) {

    static Key of(Exchange exchange, BearerToken token, String id) {
      return new Key(
          exchange.place().path(),
          token.digest(),
          exchange.source().getAddress(),
          exchange.tls().map(TlsFacts::clientCertificates).orElse(List.of()),
          id);
    }
  }

  /** What there is for a request. */
  sealed interface Found {
    record One(Conversation conversation) implements Found {}

    /** One more would be too many. */
    record Full(Limit limit) implements Found {}
  }

  private final Surroundings surroundings;
  private final AtomicLong numbers;
  private final SecureRandom random = new SecureRandom();
  private final Map<Key, Conversation> conversations = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Map<BearerToken.Digest, Integer> shares = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /**
   * @param numbers of sessions in this process
   */
  public Conversations(Surroundings surroundings, AtomicLong numbers) {
    this.surroundings = surroundings;
    this.numbers = numbers;
  }

  /** One that initialize begins, by which a client gets its id. */
  Found begin(Exchange exchange, BearerToken token, String software) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Key key = Key.of(exchange, token, id);
    return entering(exchange, token, software, key, Revision.UNNAMED);
  }

  /** The one that the client names; empty if it has ended, or is another login's. */
  Optional<Conversation> find(Exchange exchange, BearerToken token, String id) {
    return Optional.ofNullable(conversations.get(Key.of(exchange, token, id)));
  }

  /** The one that a request belongs to that says all about itself. */
  Found of(Exchange exchange, BearerToken token, String software, Revision revision) {
    Key key = Key.of(exchange, token, "");
    Conversation there = conversations.get(key);
    return there == null
        ? entering(exchange, token, software, key, revision)
        : new Found.One(there);
  }

  private Found entering(
      Exchange exchange, BearerToken token, String software, Key key, Revision revision) {
    Optional<Limit> full = take(key.login());
    if (full.isPresent()) {
      surroundings.meters().limitReached(full.get());
      return new Found.Full(full.get());
    }
    Conversation made =
        new Conversation(
            exchange.loop(), surroundings, key.id(), revision, over -> remove(key, over));
    Conversation there = conversations.putIfAbsent(key, made);
    if (there != null) {
      giveBack(key.login());
      return new Found.One(there);
    }
    Arrival arrival =
        new Arrival(numbers.incrementAndGet(), surroundings.listener(), exchange.source());
    Map<String, String> parameters =
        software.isEmpty() ? Map.of() : Map.of("application_name", software);
    made.enter(
        arrival, new LoginRequest("", exchange.place().path(), parameters, exchange.tls()), token);
    if (draining) {
      made.onLoop(made::drain);
    }
    return new Found.One(made);
  }

  /** A place for one more; or which limit leaves none. */
  private Optional<Limit> take(BearerToken.Digest login) {
    Limits limits = surroundings.limits();
    if (count.incrementAndGet() > limits.of(Limit.MCP_CONVERSATIONS)) {
      count.decrementAndGet();
      return Optional.of(Limit.MCP_CONVERSATIONS);
    }
    if (shares.merge(login, 1, Integer::sum) > limits.of(Limit.MCP_CONVERSATIONS_PER_TOKEN)) {
      giveBack(login);
      return Optional.of(Limit.MCP_CONVERSATIONS_PER_TOKEN);
    }
    return Optional.empty();
  }

  private void giveBack(BearerToken.Digest login) {
    count.decrementAndGet();
    shares.computeIfPresent(login, (_, held) -> held == 1 ? null : held - 1);
  }

  private void remove(Key key, Conversation over) {
    if (conversations.remove(key, over)) {
      giveBack(key.login());
    }
  }

  /** What has no end of its own ends. */
  void drain() {
    draining = true;
    all().forEach(one -> one.onLoop(one::drain));
  }

  /** Nobody is connected any more. */
  void close() {
    all().forEach(one -> one.onLoop(() -> one.over(CloseReason.DRAINED)));
  }

  private List<Conversation> all() {
    return List.copyOf(conversations.values());
  }
}

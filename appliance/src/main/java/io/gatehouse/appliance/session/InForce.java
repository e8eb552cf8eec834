package io.gatehouse.appliance.session;

import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.Evidence.Proven;
import io.gatehouse.appliance.identity.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Revocations that the gate knows of and that can still be about somebody. Written by one thread,
 * read by all.
 */
final class InForce {
  /** Of the clocks of who revoked and of this gate. */
  private static final Duration APART = Duration.ofMinutes(5);

  private final int most;
  private final ConcurrentMap<Object, Revocation> all = new ConcurrentHashMap<>();

  private record Caller(String name) {}

  private record Credential(String name) {}

  private record Token(String issuer, String id) {}

  InForce(int most) {
    this.most = most;
  }

  /** Whether there was room for it. */
  boolean add(Revocation revocation) {
    return switch (revocation) {
      case Revocation.OfCaller caller -> put(new Caller(caller.name()), caller);
      case Revocation.OfCredential one -> put(new Credential(one.name()), one);
      case Revocation.OfToken token -> put(new Token(token.issuer(), token.id()), token);
      // It has its id once it is entered, and then it is ended.
      case Revocation.OfSession _ -> true;
    };
  }

  private boolean put(Object key, Revocation revocation) {
    if (all.size() >= most && !all.containsKey(key)) {
      return false;
    }
    all.merge(key, revocation, (one, two) -> one.at().isAfter(two.at()) ? one : two);
    return true;
  }

  void forget(Instant now) {
    all.values().removeIf(one -> one.keptUntil().plus(APART).isBefore(now));
  }

  void clear() {
    all.clear();
  }

  int size() {
    return all.size();
  }

  /** What ends what was proved so. */
  Optional<Revocation> of(Proven who) {
    Standing standing = who.standing();
    Stream<Object> callers =
        Stream.concat(Stream.of(who.caller().subject()), who.caller().actor().stream())
            .map(Caller::new);
    Stream<Object> credential = standing.credential().<Object>map(Credential::new).stream();
    Stream<Object> token =
        standing.issuer().stream()
            .flatMap(issuer -> standing.token().map(id -> new Token(issuer, id)).stream());
    return Stream.of(callers, credential, token)
        .flatMap(keys -> keys)
        .flatMap(key -> Optional.ofNullable(all.get(key)).stream())
        .filter(one -> ends(one, who))
        .findFirst();
  }

  /** Whether it is about what was proved so, a session's own id left aside. */
  static boolean ends(Revocation revocation, Proven who) {
    return switch (revocation) {
      case Revocation.OfCaller caller ->
          concerns(caller, who) && !who.standing().proven().isAfter(caller.at());
      case Revocation.OfCredential one ->
          who.standing().credential().filter(one.name()::equals).isPresent();
      case Revocation.OfToken token ->
          who.standing().issuer().filter(token.issuer()::equals).isPresent()
              && who.standing().token().filter(token.id()::equals).isPresent();
      case Revocation.OfSession _ -> false;
    };
  }

  static boolean concerns(Revocation.OfCaller caller, Proven who) {
    return who.caller().subject().equals(caller.name())
        || who.caller().actor().filter(caller.name()::equals).isPresent();
  }
}

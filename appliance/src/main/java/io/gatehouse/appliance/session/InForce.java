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

  private record SignedOn(String issuer, String session) {}

  private record Subject(String issuer, String name) {}

  private record Groups(String credential) {}

  InForce(int most) {
    this.most = most;
  }

  /** Whether there was room for it. */
  boolean add(Revocation revocation) {
    return switch (revocation) {
      case Revocation.OfCaller caller -> put(new Caller(caller.name()), caller);
      case Revocation.OfCredential one -> put(new Credential(one.name()), one);
      case Revocation.OfToken token -> put(new Token(token.issuer(), token.id()), token);
      case Revocation.OfSignOn login -> put(new SignedOn(login.issuer(), login.session()), login);
      case Revocation.OfProviderSubject one -> put(new Subject(one.issuer(), one.subject()), one);
      case Revocation.OfGroups one -> put(new Groups(one.credential()), one);
      // It has its id once it is entered, and then it is ended.
      case Revocation.OfSession _ -> true;
    };
  }

  private boolean put(Object key, Revocation revocation) {
    if (all.size() >= most && !all.containsKey(key)) {
      return false;
    }
    all.merge(key, revocation, InForce::stronger);
    return true;
  }

  private static Revocation stronger(Revocation one, Revocation two) {
    return one instanceof Revocation.OfGroups older && two instanceof Revocation.OfGroups newer
        ? older.version() > newer.version() ? older : newer
        : one.at().isAfter(two.at()) ? one : two;
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
    Stream<Object> credential =
        standing.credential().stream()
            .flatMap(name -> Stream.of(new Credential(name), new Groups(name)));
    Stream<Object> token =
        standing.issuer().stream()
            .flatMap(issuer -> standing.token().map(id -> new Token(issuer, id)).stream());
    Stream<Object> login =
        standing.issuer().stream()
            .flatMap(
                issuer ->
                    Stream.concat(
                        standing.signOn().session().map(id -> new SignedOn(issuer, id)).stream(),
                        standing.signOn().subject().map(id -> new Subject(issuer, id)).stream()));
    return Stream.of(callers, credential, token, login)
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
          by(who, token.issuer()) && who.standing().token().filter(token.id()::equals).isPresent();
      case Revocation.OfSignOn login ->
          by(who, login.issuer()) && who.standing().signOn().endedBy(login);
      case Revocation.OfProviderSubject one ->
          by(who, one.issuer()) && who.standing().signOn().endedBy(one);
      case Revocation.OfGroups one ->
          who.standing().credential().filter(one.credential()::equals).isPresent()
              && who.standing().freshness().version() < one.version();
      case Revocation.OfSession _ -> false;
    };
  }

  private static boolean by(Proven who, String issuer) {
    return who.standing().issuer().filter(issuer::equals).isPresent();
  }

  static boolean concerns(Revocation.OfCaller caller, Proven who) {
    return who.caller().subject().equals(caller.name())
        || who.caller().actor().filter(caller.name()::equals).isPresent();
  }
}

package io.gatehouse.appliance.session;

import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.Evidence.Proven;
import io.gatehouse.spi.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every session whose caller is proven, until it is over. Sessions enter and leave on any thread;
 * what ends them comes from one.
 *
 * <p>Nothing slips between the two: a session is entered first and compared with what is revoked
 * then, and a revocation is kept first and sessions are compared with it then.
 */
public final class LiveSessions {
  /** More than are in force at once where people revoke; about 30 MB. */
  static final int MOST_REVOCATIONS = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.session");

  private final Duration outlive;
  private final InstantSource clock;
  private final InForce revocations;
  private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();

  /** Until somebody follows it, there is no store that could revoke. */
  private volatile Sight sight = Sight.NOTHING_TO_SEE;

  /** Whether the gate knows what is revoked. */
  @FunctionalInterface
  interface Sight {
    Sight NOTHING_TO_SEE = Optional::empty;

    /** Why not. */
    Optional<String> obstacle();
  }

  /**
   * @param outlive how long a session goes on after the end of what proved its caller
   */
  public LiveSessions(Duration outlive, InstantSource clock) {
    this(outlive, clock, MOST_REVOCATIONS);
  }

  LiveSessions(Duration outlive, InstantSource clock, int mostRevocations) {
    this.outlive = outlive;
    this.clock = clock;
    revocations = new InForce(mostRevocations);
  }

  void seenBy(Sight follower) {
    sight = follower;
  }

  InForce revocations() {
    return revocations;
  }

  public int count() {
    return sessions.size();
  }

  /** Revocations that are known and in force. */
  public int revoked() {
    return revocations.size();
  }

  /** Why nobody is let in by what can be revoked. */
  public Optional<String> obstacle() {
    return sight.obstacle();
  }

  /** Why what proved somebody is over already, in one word for the log and the journal. */
  public Optional<String> over(Proven who) {
    return ending(who).map(Ending::code);
  }

  private Optional<Ending> ending(Proven who) {
    return LiveSession.expired(who, clock.instant(), outlive)
        ? Optional.of(Ending.EXPIRED)
        : revocations.of(who).map(Ending::of);
  }

  /**
   * From now on it is ended with what proved its caller.
   *
   * @return why it must not begin
   */
  public Optional<Refusal> enter(LiveSession session) {
    Optional<Refusal> refusal = sightless(session.who());
    if (refusal.isEmpty()) {
      sessions.add(session);
      refusal = ending(session.who()).map(Ending::refusal);
    }
    if (refusal.isPresent() || session.over()) {
      sessions.remove(session);
    }
    return refusal;
  }

  /** The users file is asked at each login, so of its users nothing can have been missed. */
  private Optional<Refusal> sightless(Proven who) {
    return who.standing().issuer().isEmpty()
        ? Optional.empty()
        : sight
            .obstacle()
            .map(
                _ ->
                    Refusal.of(
                            Refusal.Kind.UNAVAILABLE,
                            "the gateway cannot tell whether this login was revoked")
                        .withHint("Try again later; the gateway's log has the reason."));
  }

  /** It is over, or will not begin. */
  public void leave(LiveSession session) {
    session.leave();
    sessions.remove(session);
  }

  /** Returns how many it ended. */
  int revoke(Revocation revocation) {
    String session =
        revocation instanceof Revocation.OfSession one
            ? one.session().toLowerCase(Locale.ROOT)
            : "";
    return end(
        one -> InForce.ends(revocation, one.who()) || one.id().toString().equals(session),
        Ending.of(revocation));
  }

  /** Those that a revocation of a caller leaves by its time, and that only the store can tell. */
  List<LiveSession> doubtful(Revocation.OfCaller caller) {
    return sessions.stream()
        .filter(one -> one.who().standing().credential().isPresent())
        .filter(one -> InForce.concerns(caller, one.who()) && !InForce.ends(caller, one.who()))
        .toList();
  }

  /** Those whose groups nobody has confirmed for so long that the store has to say it. */
  List<LiveSession> unconfirmed(Instant now) {
    return sessions.stream().filter(one -> one.unconfirmed(now)).toList();
  }

  int expire() {
    return end(one -> one.expired(clock.instant(), outlive), Ending.EXPIRED);
  }

  int end(Predicate<LiveSession> which, Ending why) {
    List<LiveSession> ended = sessions.stream().filter(which).toList();
    ended.forEach(
        one -> {
          sessions.remove(one);
          LOG.atInfo()
              .addKeyValue("id", one.id())
              .addKeyValue("caller", one.who().caller().subject())
              .addKeyValue("reason", why.reason().tag())
              .log("ending session");
          one.control().kill(why.words(), why.reason());
        });
    return ended.size();
  }
}

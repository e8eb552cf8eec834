package io.gatehouse.appliance.identity.guard;

import io.gatehouse.appliance.identity.Attempt;
import io.gatehouse.spi.login.Sha256;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts failed logins. A name over its limit is refused to sources that have not succeeded with it
 * lately, a source over its limit is refused every name but those that it has succeeded with
 * lately; what fails for such a pair is counted for the pair alone. So nobody can keep somebody out
 * from elsewhere. Thread-safe, for event loops.
 */
public final class LoginGuard {
  /** Of each kind: 65,536 of 16 bytes, 4 MiB in all. */
  static final int PLACES = 1 << 16;

  /** A success is remembered from one working day to the next, and over a weekend. */
  static final Duration LATELY = Duration.ofDays(7);

  /** In no name that a client can send. */
  private static final String UNGUESSABLE = "\0";

  private final Rate ofSources;
  private final Rate ofNames;
  private final Rate ofPairs;

  /** Until when a pair of source and name counts as known. */
  private final Tallies known = new Tallies(PLACES);

  private final LongSupplier nanos;
  private final Consumer<Limit> reached;
  private final byte[] secret = new byte[Sha256.BYTES];

  /**
   * @param nanos of a clock that never goes back
   * @param reached told of each login that is refused
   */
  public LoginGuard(Limits limits, LongSupplier nanos, Consumer<Limit> reached) {
    ofSources = new Rate(PLACES, limits.of(Limit.FAILED_LOGINS_PER_SOURCE));
    ofNames = new Rate(PLACES, limits.of(Limit.FAILED_LOGINS_PER_NAME));
    ofPairs = new Rate(PLACES, limits.of(Limit.FAILED_LOGINS_PER_NAME));
    this.nanos = nanos;
    this.reached = reached;
    new SecureRandom().nextBytes(secret);
  }

  /** For a gate that nobody logs in to. */
  public static LoginGuard lenient() {
    return new LoginGuard(
        Limits.DEFAULTS
            .with(Limit.FAILED_LOGINS_PER_SOURCE, Integer.MAX_VALUE)
            .with(Limit.FAILED_LOGINS_PER_NAME, Integer.MAX_VALUE),
        System::nanoTime,
        _ -> {});
  }

  /** The attempt, unless it comes after too many that failed. */
  public Attempt watched(Attempt attempt, String name, SocketAddress source) {
    // Who came with a token that says somebody's name is not known for that one's password.
    String counted = attempt.guessable() ? name : UNGUESSABLE + name;
    return new WatchedAttempt(this, attempt, keys(counted, source));
  }

  Keys keys(String name, SocketAddress source) {
    byte[] place = Source.of(source);
    return new Keys(key(place), key(name), key(place, name));
  }

  /**
   * What is counted for one login.
   *
   * @param pair of both
   */
  record Keys(long source, long name, long pair) {}

  /**
   * The limit that is in the way now.
   *
   * @param guessable whether the proof could be guessed; where not, names have no limit
   */
  Optional<Limit> over(Keys keys, boolean guessable) {
    long now = nanos.getAsLong();
    if (known.get(keys.pair()) > now) {
      return ofPair(guessable).reached(keys.pair(), now)
          ? Optional.of(guessable ? Limit.FAILED_LOGINS_PER_NAME : Limit.FAILED_LOGINS_PER_SOURCE)
          : Optional.empty();
    }
    if (ofSources.reached(keys.source(), now)) {
      return Optional.of(Limit.FAILED_LOGINS_PER_SOURCE);
    }
    return guessable && ofNames.reached(keys.name(), now)
        ? Optional.of(Limit.FAILED_LOGINS_PER_NAME)
        : Optional.empty();
  }

  /** Many come with one name for tokens; keys of pairs and of sources do not meet. */
  private Rate ofPair(boolean guessable) {
    return guessable ? ofPairs : ofSources;
  }

  void refused(Limit limit) {
    reached.accept(limit);
  }

  void failed(Keys keys, boolean guessable) {
    long now = nanos.getAsLong();
    if (known.get(keys.pair()) > now) {
      ofPair(guessable).count(keys.pair(), now);
      return;
    }
    ofSources.count(keys.source(), now);
    if (guessable) {
      ofNames.count(keys.name(), now);
    }
  }

  void succeeded(Keys keys) {
    long until = nanos.getAsLong() + LATELY.toNanos();
    known.update(keys.pair(), _ -> until);
  }

  /** A place or a name, under a secret: nobody can make two that meet. */
  private long key(byte[] place) {
    return ByteBuffer.wrap(Sha256.hmac(secret, place)).getLong();
  }

  private long key(String name) {
    return key(name.getBytes(StandardCharsets.UTF_8));
  }

  private long key(byte[] place, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return key(
        ByteBuffer.allocate(1 + place.length + bytes.length)
            .put((byte) place.length)
            .put(place)
            .put(bytes)
            .array());
  }
}

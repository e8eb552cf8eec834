package io.gatehouse.appliance.session;

import io.gatehouse.appliance.identity.Evidence.Proven;
import io.gatehouse.spi.SessionControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A session whose caller is proven. Compared by identity. Thread-safe.
 *
 * <p>One that is over may not have been entered yet, since the two are told by different threads.
 */
public final class LiveSession {
  private final UUID id;
  private final Proven who;
  private final SessionControl control;
  private volatile boolean over;

  /** Written by the watch. */
  private volatile Optional<Instant> goodUntil;

  /**
   * @param id what people call it: the journal's, where there is one
   */
  public LiveSession(UUID id, Proven who, SessionControl control) {
    this.id = id;
    this.who = who;
    this.control = control;
    goodUntil = who.standing().freshness().goodUntil();
  }

  public UUID id() {
    return id;
  }

  Proven who() {
    return who;
  }

  SessionControl control() {
    return control;
  }

  boolean over() {
    return over;
  }

  void leave() {
    over = true;
  }

  /** Whether its groups want to be confirmed again. */
  boolean unconfirmed(Instant now) {
    return goodUntil.filter(until -> !until.isAfter(now)).isPresent();
  }

  void confirmed(Optional<Instant> until) {
    goodUntil = until;
  }

  boolean expired(Instant now, Duration outlive) {
    return expired(who, now, outlive);
  }

  static boolean expired(Proven who, Instant now, Duration outlive) {
    return who.standing().until().filter(until -> !until.plus(outlive).isAfter(now)).isPresent();
  }
}

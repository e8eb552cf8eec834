package io.gatehouse.appliance.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How new the groups of a credential are.
 *
 * @param version of the store when they last became others; 0 if they are those of the issuing
 * @param goodUntil how long they may be used without a word of the provider; empty where nobody
 *     asks
 */
public record Freshness(long version, Optional<Instant> goodUntil) {
  public static final Freshness OF_ISSUING = new Freshness(0, Optional.empty());

  public Freshness {
    goodUntil = goodUntil.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
  }
}

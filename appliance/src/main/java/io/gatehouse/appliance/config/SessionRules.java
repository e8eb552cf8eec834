package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Section;
import java.time.Duration;

/**
 * How long sessions hold to what proved their caller.
 *
 * @param outlive how long they go on after its end
 * @param blind how long logins that can be revoked go on without an answer about revocations
 */
public record SessionRules(Duration outlive, Duration blind) {
  static final SessionRules USUAL = new SessionRules(Duration.ZERO, Duration.ofMinutes(1));

  private static final long MOST_OUTLIVE = 86_400;

  /** The store is asked each second and may take five. */
  private static final long LEAST_BLIND = 10;

  private static final long MOST_BLIND = 3_600;

  static SessionRules read(Section section) {
    return new SessionRules(
        section
            .find("outlive-seconds", item -> Duration.ofSeconds(item.wholeNumber(0, MOST_OUTLIVE)))
            .orElse(USUAL.outlive()),
        section
            .find(
                "blind-seconds",
                item -> Duration.ofSeconds(item.wholeNumber(LEAST_BLIND, MOST_BLIND)))
            .orElse(USUAL.blind()));
  }
}

package io.gatehouse.plugin.secret;

import java.time.Duration;
import java.util.Optional;

/** How long a secret is good, from when it was fetched. */
public sealed interface Term {
  /** Until somebody changes it. */
  record Open() implements Term {}

  /**
   * It is of no use afterwards.
   *
   * @param lease what to {@link SecretSource#extend} it by; no secret
   */
  record Ends(Duration in, Optional<String> lease) implements Term {}

  /** Another takes its place then; the source has that from then on. */
  record Replaced(Duration in) implements Term {}
}

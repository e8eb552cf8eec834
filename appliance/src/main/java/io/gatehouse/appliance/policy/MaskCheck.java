package io.gatehouse.appliance.policy;

import java.util.Optional;

/** Knows the kinds of masks, and what a configuration has; policies only name them. Thread-safe. */
@FunctionalInterface
public interface MaskCheck {

  /** Takes every definition as it is: for where no masks are at hand and none are made. */
  MaskCheck NONE = _ -> Optional.empty();

  /**
   * What is wrong with a definition whatever column it is for: no such kind, a parameter that is
   * missing, unknown or wrong, a key that is not configured.
   */
  Optional<String> problem(Masks.Definition definition);

  /** What is wrong with the name of a retention class, as far as a configuration is at hand. */
  default Optional<String> retentionProblem(String name) {
    return Optional.empty();
  }
}

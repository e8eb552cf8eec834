package io.gatehouse.appliance.policy;

import java.util.Optional;

/**
 * A policy, and whoever activated it as far as that is on record.
 *
 * @param activation empty if the last activation on record is of another policy, or there is none
 */
public record LoadedPolicy(Policy policy, Optional<Activation> activation) {

  /** For the log: a name, or {@code unknown}. */
  public String author() {
    return activation.map(Activation::operator).orElse("unknown");
  }
}

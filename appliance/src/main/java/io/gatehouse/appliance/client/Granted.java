package io.gatehouse.appliance.client;

import java.util.Optional;

/**
 * What a provider gives for a login. Says nothing of its content.
 *
 * @param access a token for the gate
 * @param refresh by what it can be asked again
 */
public record Granted(String access, Optional<String> refresh) {
  @Override
  public String toString() {
    return "Granted";
  }
}

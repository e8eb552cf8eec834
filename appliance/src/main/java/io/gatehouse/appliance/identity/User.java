package io.gatehouse.appliance.identity;

import io.gatehouse.spi.login.ScramVerifier;
import java.util.Set;

/**
 * Someone who may log in.
 *
 * @param name as the client gives it
 * @param verifier what proves the password; no password can be had from it
 * @param groups what rules may refer to
 */
public record User(String name, ScramVerifier verifier, Set<String> groups) {
  public User {
    groups = Set.copyOf(groups);
  }
}

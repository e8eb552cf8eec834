package io.gatehouse.appliance.identity.token;

import java.util.Set;

/**
 * How an issuer's token of a program is told from a person's.
 *
 * @param claim a text that only programs' tokens have, or that says so
 * @param values what it is in programs' tokens; empty if its being there is enough
 */
public record AgentRule(ClaimPath claim, Set<String> values) {
  public AgentRule {
    values = Set.copyOf(values);
  }
}

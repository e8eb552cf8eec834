package io.gatehouse.appliance.control;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.ProofMethod;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a credential was issued to, as it was then.
 *
 * @param subject the name the identity provider vouched for
 * @param actor the agent that acts for the subject, where there is one
 * @param groups at that time, or at the last refresh
 * @param groupsAsOf when they were true
 * @param issuer which identity provider
 * @param method how it was proved to the gate, before there was a credential
 * @param kind what the subject is
 * @param signOn the login at the provider
 */
public record Holder(
    String subject,
    Optional<String> actor,
    Set<String> groups,
    Instant groupsAsOf,
    String issuer,
    ProofMethod method,
    CallerKind kind,
    SignOn signOn) {

  /** Identity providers know limits of a few hundred; more is a mistake or an attack. */
  static final int MOST_GROUPS = 2_000;

  public Holder {
    Text.checked("the subject", subject);
    actor.ifPresent(agent -> Text.checked("the actor", agent));
    Text.checked("the issuer", issuer);
    if (groups.size() > MOST_GROUPS) {
      throw new IllegalArgumentException("a credential has at most " + MOST_GROUPS + " groups");
    }
    groups.forEach(group -> Text.checked("a group", group));
    groups = Set.copyOf(groups);
    groupsAsOf = groupsAsOf.truncatedTo(ChronoUnit.MILLIS);
  }

  /** A person of whose login at the provider nothing is known. */
  public Holder(
      String subject,
      Optional<String> actor,
      Set<String> groups,
      Instant groupsAsOf,
      String issuer,
      ProofMethod method) {
    this(subject, actor, groups, groupsAsOf, issuer, method, CallerKind.PERSON, SignOn.UNKNOWN);
  }

  /** Who a session is that was opened with the credential. */
  public Caller caller() {
    return new Caller(subject, groups, ProofMethod.ISSUED_CREDENTIAL, actor, kind);
  }
}

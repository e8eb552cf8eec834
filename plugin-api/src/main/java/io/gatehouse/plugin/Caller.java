package io.gatehouse.plugin;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The authenticated identity behind a session.
 *
 * @param subject the name the identity provider vouches for
 * @param groups the groups it is in now; empty means none, never "unknown"
 * @param method how it proved itself
 * @param actor the agent that acts for the subject, where there is one
 * @param kind what the subject is
 */
public record Caller(
    String subject,
    Set<String> groups,
    ProofMethod method,
    Optional<String> actor,
    CallerKind kind) {

  public Caller {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(kind, "kind");
    if (subject.isBlank()) {
      throw new IllegalArgumentException("a caller has a subject");
    }
    groups = Set.copyOf(groups);
  }

  /** A person. */
  public Caller(String subject, Set<String> groups, ProofMethod method, Optional<String> actor) {
    this(subject, groups, method, actor, CallerKind.PERSON);
  }

  /** A person that acts for itself. */
  public static Caller of(String subject, Set<String> groups, ProofMethod method) {
    return new Caller(subject, groups, method, Optional.empty());
  }
}

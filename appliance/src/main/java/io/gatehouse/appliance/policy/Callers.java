package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.ProofMethod;
import java.util.Optional;
import java.util.Set;

/**
 * The callers that a rule is about: in one of the groups or one of the subjects where either is
 * given, and proved in one of these ways, and acting through one of these agents.
 *
 * @param proofs empty means any
 * @param kinds empty means any
 */
record Callers(
    Optional<Names> groups,
    Optional<Names> subjects,
    Set<ProofMethod> proofs,
    Optional<Names> actors,
    Set<CallerKind> kinds) {
  static final Callers EVERYBODY =
      new Callers(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Set.of());

  Callers {
    proofs = Set.copyOf(proofs);
    kinds = Set.copyOf(kinds);
  }

  boolean matches(Caller caller) {
    return person(caller)
        && (proofs.isEmpty() || proofs.contains(caller.method()))
        && (kinds.isEmpty() || kinds.contains(caller.kind()))
        && (actors.isEmpty() || caller.actor().filter(actors.get()::matches).isPresent());
  }

  private boolean person(Caller caller) {
    if (groups.isEmpty() && subjects.isEmpty()) {
      return true;
    }
    return (groups.isPresent() && groups.get().matchesOneOf(caller.groups()))
        || (subjects.isPresent() && subjects.get().matches(caller.subject()));
  }

  boolean covers(Callers other) {
    return coversPeople(other)
        && covers(proofs, other.proofs)
        && covers(kinds, other.kinds)
        && Names.covers(actors, other.actors);
  }

  /** Of what empty means any. */
  private static <T> boolean covers(Set<T> ours, Set<T> theirs) {
    return ours.isEmpty() || (!theirs.isEmpty() && ours.containsAll(theirs));
  }

  private boolean coversPeople(Callers other) {
    if (groups.isEmpty() && subjects.isEmpty()) {
      return true;
    }
    if (other.groups.isEmpty() && other.subjects.isEmpty()) {
      return false;
    }
    return coveredHere(groups, other.groups) && coveredHere(subjects, other.subjects);
  }

  /** Unlike elsewhere, absent names stand for nobody here, because the other key is given. */
  private static boolean coveredHere(Optional<Names> ours, Optional<Names> theirs) {
    return theirs.isEmpty() || (ours.isPresent() && Names.covers(ours, theirs));
  }
}

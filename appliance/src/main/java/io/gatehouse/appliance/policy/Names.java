package io.gatehouse.appliance.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Names and patterns, of which one must match. */
record Names(List<Glob> globs) {

  Names {
    globs = List.copyOf(globs);
  }

  static Names of(List<String> patterns) {
    return new Names(patterns.stream().map(Glob::of).toList());
  }

  boolean matches(String name) {
    for (Glob glob : globs) {
      if (glob.matches(name)) {
        return true;
      }
    }
    return false;
  }

  boolean matchesOneOf(Collection<String> names) {
    for (String name : names) {
      if (matches(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean covers(Names other) {
    return other.globs.stream()
        .allMatch(theirs -> globs.stream().anyMatch(ours -> ours.covers(theirs)));
  }

  /** The same where absent names stand for everything. */
  static boolean covers(Optional<Names> wider, Optional<Names> narrower) {
    return wider.isEmpty() || (narrower.isPresent() && wider.get().covers(narrower.get()));
  }

  @Override
  public String toString() {
    return String.join(", ", globs.stream().map(Glob::toString).toList());
  }
}

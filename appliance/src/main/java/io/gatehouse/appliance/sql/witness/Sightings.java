package io.gatehouse.appliance.sql.witness;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is seen while a tree is walked. Lives for one testimony, on the thread that reads. */
final class Sightings {
  private final Set<List<String>> relations = new HashSet<>();
  private final Set<String> withNames = new HashSet<>();
  private boolean writes;

  void relation(List<String> name) {
    relations.add(List.copyOf(name));
  }

  /** Wherever it is in force, a relation of the same plain name is not claimed. */
  void withName(String name) {
    withNames.add(name);
  }

  void writes() {
    writes = true;
  }

  Testimony of(int statements) {
    Set<List<String>> claimed = new HashSet<>(relations);
    claimed.removeIf(name -> name.size() == 1 && withNames.contains(name.getFirst()));
    return new Testimony.Saw(statements, claimed, writes);
  }
}

package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Resource;
import java.util.HashSet;
import java.util.List;

/**
 * The things that a rule is about.
 *
 * @param selected one of these must select a thing; empty means everything
 * @param excepted none of these may
 */
record Resources(List<Selector> selected, List<Selector> excepted) {
  static final Resources EVERYTHING = new Resources(List.of(), List.of());

  Resources {
    selected = List.copyOf(selected);
    excepted = List.copyOf(excepted);
  }

  Truth matches(Resource resource) {
    Truth in = selected.isEmpty() ? Truth.YES : Selector.anyOf(selected, resource);
    if (in == Truth.NO || excepted.isEmpty()) {
      return in;
    }
    return in.and(Selector.anyOf(excepted, resource).not());
  }

  /** Whether something in this table may be meant. */
  boolean mayBeIn(Resource table) {
    return selected.stream().anyMatch(one -> one.mayBeIn(table));
  }

  /** Whether nothing of a database is selected: only what is called by name. */
  boolean onlyCalled() {
    return !selected.isEmpty() && selected.stream().allMatch(Selector::onlyCalled);
  }

  boolean covers(Resources other) {
    boolean everythingSelected =
        selected.isEmpty()
            || (!other.selected.isEmpty()
                && other.selected.stream().allMatch(theirs -> covered(theirs, selected)));
    return everythingSelected && new HashSet<>(other.excepted).containsAll(excepted);
  }

  /** Whether all that is selected is excepted again. */
  boolean nothing() {
    return !selected.isEmpty() && selected.stream().allMatch(one -> covered(one, excepted));
  }

  private static boolean covered(Selector one, List<Selector> by) {
    return by.stream().anyMatch(wider -> wider.covers(one));
  }
}

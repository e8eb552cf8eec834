package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Trait;
import java.util.Collections;
import java.util.Set;

/**
 * What a rule wants of a command's traits.
 *
 * @param any one of these at least; empty means no such wish
 * @param all each of these
 * @param none not one of these
 */
record Traits(Set<Trait> any, Set<Trait> all, Set<Trait> none) {
  static final Traits WHATEVER = new Traits(Set.of(), Set.of(), Set.of());

  Traits {
    any = Set.copyOf(any);
    all = Set.copyOf(all);
    none = Set.copyOf(none);
  }

  boolean matches(Set<Trait> traits) {
    return (any.isEmpty() || !Collections.disjoint(any, traits))
        && traits.containsAll(all)
        && Collections.disjoint(none, traits);
  }

  boolean covers(Traits other) {
    boolean coversAny = any.isEmpty() || (!other.any.isEmpty() && any.containsAll(other.any));
    return coversAny && other.all.containsAll(all) && other.none.containsAll(none);
  }

  boolean impossible() {
    return (!any.isEmpty() && none.containsAll(any)) || !Collections.disjoint(all, none);
  }
}

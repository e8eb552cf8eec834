package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Trait;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a plan is made of, and what conditions may read of it. */
record Facts(
    Caller caller, Target target, String database, Command command, boolean masksAnything) {
  private static final Set<Trait> BEYOND_COLUMNS =
      EnumSet.of(Trait.USER_CODE, Trait.DYNAMIC_CODE, Trait.DISCLOSES);

  /**
   * Whether all that it does was read. To a caller for whom something is masked, code that nobody
   * read could give it out.
   */
  boolean allRead() {
    return command.certainty() == Certainty.EXACT
        && (!masksAnything || Collections.disjoint(command.traits(), BEYOND_COLUMNS));
  }

  List<Access> accesses() {
    return command.accesses();
  }

  /** By the names that {@link Variable} declares. */
  Map<String, Object> variables() {
    Map<String, Object> values = new HashMap<>();
    for (Variable variable : Variable.values()) {
      variable.of(this).ifPresent(value -> values.put(variable.path(), value));
    }
    return values;
  }
}

package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a plan is made of, and what conditions may read of it. */
record Facts(Caller caller, Target target, String database, Command command) {

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

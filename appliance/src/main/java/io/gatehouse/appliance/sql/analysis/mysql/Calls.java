package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.catalog.builtin.Effect;
import io.gatehouse.appliance.catalog.builtin.MysqlBuiltins;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Effects;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What functions and procedures that a statement names can do. */
final class Calls {
  private static final Set<String> OF_SERVER = Set.of("mysql", "sys");

  private final Findings findings;
  private final MysqlNames names;

  Calls(Findings findings, MysqlNames names) {
    this.findings = findings;
    this.names = names;
  }

  /**
   * The server's own come first, but which of them it has depends on its version: what somebody
   * made by that name counts too.
   */
  void function(Expression.Call call) {
    QualifiedName name = call.name();
    String function = MysqlNames.folded(name.last().text());
    boolean alone = name.parts().size() == 1;
    @Nullable Set<Effect> effects = alone ? MysqlBuiltins.of(function) : null;
    List<Routine> routines =
        names.routines(name).stream()
            .filter(routine -> routine.kind() != Routine.Kind.PROCEDURE)
            .toList();
    if (effects == null && routines.isEmpty()) {
      throw unknown("function", name);
    }
    if (effects != null) {
      Effects.found(findings, own(function, call, effects), function);
    }
    routines.forEach(this::routine);
  }

  private static Set<Effect> own(String function, Expression.Call call, Set<Effect> effects) {
    boolean asksOnly = function.equals("last_insert_id") && call.arguments().items().isEmpty();
    return asksOnly ? Set.of(Effect.SYSTEM_DATA) : effects;
  }

  private static DoubtException unknown(String kind, QualifiedName name) {
    return DoubtException.of(kind + " \"" + name + "\" is not in the gate's catalog");
  }

  private void routine(Routine routine) {
    if (routine.schema().equals(MysqlNames.LIBRARY)) {
      findings.touches(Operation.CALL, Resource.Kind.FUNCTION, routine.name());
    } else {
      findings.touches(Operation.CALL, Resource.Kind.FUNCTION, routine.schema(), routine.name());
    }
    findings.userCode();
    if (OF_SERVER.contains(routine.schema())) {
      // Some of them run any text, and none was reviewed.
      findings.leaves(Consequence.RUNS_CODE);
    }
  }

  void procedure(QualifiedName name) {
    List<Routine> routines =
        names.routines(name).stream()
            .filter(routine -> routine.kind() == Routine.Kind.PROCEDURE)
            .toList();
    if (routines.isEmpty()) {
      throw unknown("procedure", name);
    }
    routines.forEach(this::routine);
  }
}

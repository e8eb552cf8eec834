package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.catalog.builtin.Effect;
import io.gatehouse.appliance.catalog.builtin.MysqlBuiltins;
import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Expression.Argument;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What calls of functions give, and what they do with what they get. */
final class Calls {
  /** What looks things up by what it is given, keeps it no more than what computes with it. */
  private static final Set<Effect> KEEPS_NOTHING =
      EnumSet.of(Effect.PURE, Effect.VOLATILE_HARMLESS, Effect.SYSTEM_DATA);

  private final Trace trace;
  private final MysqlNames names;

  Calls(Trace trace, MysqlNames names) {
    this.trace = trace;
    this.names = names;
  }

  /**
   * @param beside the keys of its window and its order
   */
  Value value(Expression.Call call, List<Value> arguments, List<Value> beside) {
    List<Value> parts = new ArrayList<>(arguments);
    parts.addAll(beside);
    Value value = Value.unsure(parts);
    boolean builtin = call.name().parts().size() == 1;
    String name = MysqlNames.folded(call.name().last().text());
    Set<Effect> effects = builtin ? MysqlBuiltins.of(name) : null;
    // What is not the server's own is somebody's code, and so may be what one version has not.
    boolean users = !names.routines(call.name()).isEmpty();
    if (users || effects == null || !KEEPS_NOTHING.containsAll(effects)) {
      trace.escapes(value.flow());
      return value;
    }
    List<Expression> given = call.arguments().items().stream().map(Argument::value).toList();
    Optional<Type> type = Totals.of(name, given, arguments.stream().map(Value::type).toList());
    return type.map(known -> Value.of(parts, known)).orElse(value);
  }
}

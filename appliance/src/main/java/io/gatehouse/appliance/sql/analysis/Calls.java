package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.Routine;
import io.gatehouse.appliance.catalog.UserType;
import io.gatehouse.appliance.catalog.builtin.Builtins;
import io.gatehouse.appliance.catalog.builtin.Effect;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.TypeName;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What functions, operators and types that a statement names can do. */
final class Calls {

  /** Functions of information_schema that its views need and drivers call by name. */
  private static final Set<String> SCHEMA_FUNCTIONS =
      Set.of("_pg_expandarray", "_pg_index_position", "_pg_truetypid", "_pg_truetypmod");

  /**
   * Names of pg_catalog's operators in PostgreSQL 14 to 18: none of them does more than compute.
   */
  private static final Set<String> BUILTIN_OPERATORS =
      Set.of(
          """
          !! !~ !~* !~~ !~~* # ## #- #> #>> % & && &< &<| &> * *< *<= *<> *= *> *>= + -
          -> ->> -|- / < <-> << <<= <<| <= <> <@ <^ = > >= >> >>= >^ ? ?# ?& ?- ?-| ?|
          ?|| @ @-@ @> @? @@ @@@ ^ ^@ | |&> |/ |>> || ||/ ~ ~* ~<=~ ~<~ ~= ~>=~ ~>~ ~~
          ~~*
          """
              .split("\\s+"));

  private final Findings findings;
  private final Resolver resolver;
  private final Columns columns;

  /** Columns of a row, written like a call. */
  private final Set<String> columnsCalled = new HashSet<>();

  private Optional<String> settingOfRow = Optional.empty();

  Calls(Findings findings, Resolver resolver, Columns columns) {
    this.findings = findings;
    this.resolver = resolver;
    this.columns = columns;
  }

  void function(Expression.Call call) {
    String last = call.name().last().text();
    Optional<String> schema = resolver.schemaOf(call.name());
    boolean found = false;
    if (schema.map(Resolver.SYSTEM::equals).orElse(true)) {
      Set<Effect> effects = Builtins.of(last);
      if (effects != null) {
        found = true;
        builtin(last, effects, call.arguments().items());
      }
    }
    if (schema.map("information_schema"::equals).orElse(false) && SCHEMA_FUNCTIONS.contains(last)) {
      return;
    }
    found |= userRoutines(call.name());
    if (!found) {
      otherThanFunction(call);
    }
  }

  private boolean userRoutines(QualifiedName name) {
    List<Routine> routines = resolver.routines(name);
    routines.forEach(this::routine);
    return !routines.isEmpty();
  }

  private void routine(Routine routine) {
    Set<Effect> effects =
        routine.extension().isEmpty()
            ? null
            : Builtins.extension(routine.extension(), routine.name());
    if (effects != null) {
      Effects.found(findings, effects, routine.schema() + "." + routine.name());
      cast();
      return;
    }
    findings.touches(Operation.CALL, Resource.Kind.FUNCTION, routine.schema(), routine.name());
    findings.userCode();
  }

  /** A cast or a column may be written like a call of one argument. */
  private void otherThanFunction(Expression.Call call) {
    boolean one = call.arguments().items().size() == 1;
    if (one && (resolver.builtinType(call.name()) || !resolver.userTypes(call.name()).isEmpty())) {
      type(TypeName.of(call.name()));
    } else if (one && call.name().parts().size() == 1) {
      String column = call.name().last().text();
      columns.name(column);
      columnsCalled.add(column);
    } else {
      throw unknownFunction(call.name().toString());
    }
  }

  private static DoubtException unknownFunction(String name) {
    return DoubtException.of("function \"" + name + "\" is not in the gate's catalog");
  }

  /** All columns are known by now: what was called like a function has to be one of them. */
  void finish() {
    for (String column : columnsCalled) {
      if (!columns.known(column)) {
        throw unknownFunction(column);
      }
    }
  }

  /** {@code value.name} calls a function of that name if there is no such column. */
  void calledByDot(Name name) {
    QualifiedName function = new QualifiedName(List.of(name));
    Set<Effect> effects = Builtins.of(name.text());
    if (effects != null) {
      Effects.found(findings, effects, name.text());
    }
    userRoutines(function);
  }

  private void builtin(String name, Set<Effect> effects, List<Expression.Argument> arguments) {
    if (effects.contains(Effect.SESSION_STATE) && name.equals("set_config")) {
      setConfig(arguments);
      return;
    }
    if (effects.contains(Effect.SEQUENCE_WRITE)) {
      findings.touches(Operation.WRITE, Resource.Kind.SEQUENCE);
      return;
    }
    Effects.found(findings, effects, name);
  }

  private void setConfig(List<Expression.Argument> arguments) {
    @Nullable String variable = arguments.size() == 3 ? setting(arguments.getFirst()) : null;
    if (variable == null) {
      throw DoubtException.of("set_config of a setting that the text does not name");
    }
    @Nullable String value = constant(arguments.get(1));
    if (value == null && !(arguments.get(1).value() instanceof Expression.Parameter)) {
      throw DoubtException.of("set_config of a value that is neither a literal nor a parameter");
    }
    Settings.set(
        findings, variable, value == null ? Optional.empty() : Optional.of(List.of(value)));
  }

  private @Nullable String setting(Expression.Argument argument) {
    boolean row = argument.value().equals(SettingRows.NAME) && argument.name().isEmpty();
    return row ? settingOfRow.orElse(null) : constant(argument);
  }

  /** The one setting whose row of pg_settings the select around is about; gives what was before. */
  Optional<String> settingOfRow(Optional<String> setting) {
    Optional<String> around = settingOfRow;
    settingOfRow = setting;
    return around;
  }

  private static @Nullable String constant(Expression.Argument argument) {
    return argument.value()
                instanceof Expression.Constant(Expression.ConstantKind kind, String text)
            && kind == Expression.ConstantKind.STRING
            && argument.name().isEmpty()
            && !argument.variadic()
        ? text
        : null;
  }

  void special(Expression.Special special) {
    switch (special.name()) {
      case "user",
          "current_user",
          "session_user",
          "system_user",
          "current_role",
          "current_catalog",
          "current_schema" ->
          findings.trait(Trait.SYSTEM_DATA);
      default -> {}
    }
  }

  /**
   * Values change their type. A cast of somebody's own belongs to types of his own, or a superuser
   * made it: whatever has such types in it may call it.
   */
  void cast() {
    if (resolver.catalog().userCasts()) {
      findings.userCode();
    }
  }

  void operator(QualifiedName operator) {
    if (resolver.userOperator(operator)) {
      findings.userCode();
    } else if (!BUILTIN_OPERATORS.contains(operator.last().text())) {
      throw DoubtException.of("operator " + operator + " is not in the gate's catalog");
    }
  }

  /** Values meet: casts that apply by themselves may be among what users made. */
  void casts() {
    if (resolver.catalog().userCasts()) {
      findings.userCode();
    }
  }

  void type(TypeName type) {
    QualifiedName name = type.name();
    if (type.percentType()) {
      throw DoubtException.of("a type named after a column");
    }
    if (resolver.maybeTemporaryType(name)) {
      throw DoubtException.awaitingNames(name.toString());
    }
    List<UserType> own = resolver.userTypes(name);
    if (own.stream().anyMatch(UserType::codeOnUse)) {
      findings.userCode();
    }
    if (own.isEmpty() && !resolver.builtinType(name) && !systemRow(name)) {
      throw DoubtException.of("type \"" + name + "\" is not in the gate's catalog");
    }
  }

  private boolean systemRow(QualifiedName name) {
    return resolver.schemaOf(name).map(Resolver.SYSTEM::equals).orElse(true)
        && resolver.catalog().relation(Resolver.SYSTEM, name.last().text()) != null;
  }
}

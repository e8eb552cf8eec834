package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.Guard;
import io.gatehouse.appliance.protection.Proof;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Trait;
import io.gatehouse.plugin.Verdict.Strength;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a policy protects from a caller beside what a statement reads. */
public final class Guards {
  private final Policy policy;
  private final Caller caller;
  private final Target target;
  private final String database;

  private Guards(Policy policy, Caller caller, Target target, String database) {
    this.policy = policy;
    this.caller = caller;
    this.target = target;
    this.database = database;
  }

  public static Guard of(
      Policy policy,
      Caller caller,
      Target target,
      String database,
      Catalog catalog,
      Analysed statement) {
    return policy.masksAnything(caller, target, database)
        ? new Guards(policy, caller, target, database).guard(catalog, statement)
        : Guard.NONE;
  }

  private Guard guard(Catalog catalog, Analysed statement) {
    Map<ColumnOrigin, Strength> targets = new HashMap<>();
    for (Lineage.Write write : statement.lineage().writes()) {
      strength(write.target()).ifPresent(strength -> targets.put(write.target(), strength));
    }
    if (statement.lineage().unproved().isPresent()) {
      // Where its values go is not known, but what it names as written is.
      columnsWritten(statement)
          .forEach(column -> strength(column).ifPresent(strength -> targets.put(column, strength)));
    }
    Optional<Proof.Fails> redefines =
        columnsDefined(catalog, statement)
            .filter(column -> strength(column).isPresent())
            .findFirst()
            .map(Guard::redefines);
    Implied implied = new Implied(catalog, statement.command());
    return new Guard(
        quiet(statement),
        targets,
        redefines
            .or(() -> strict(statement.lineage().planned().stream()).map(Guard::plans))
            .or(() -> strict(implied.toSee()).map(Guard::secured))
            .or(() -> strict(implied.toChange()).map(Guard::constrained))
            .or(() -> leftBehind(statement)));
  }

  /** It names no protected column, and may quote any that a statement before it read. */
  private static Optional<Proof.Fails> leftBehind(Analysed statement) {
    boolean quotes =
        statement.command().traits().contains(Trait.DISCLOSES)
            && statement.lineage().unproved().isPresent();
    return quotes ? Optional.of(Guard.leftBehind()) : Optional.empty();
  }

  /** The first of these on which nothing may depend. */
  private Optional<ColumnOrigin> strict(Stream<ColumnOrigin> columns) {
    return columns
        .filter(column -> strength(column).filter(Strength.STRICT::equals).isPresent())
        .findFirst();
  }

  private static boolean quiet(Analysed statement) {
    return statement.command().operation().compareTo(Operation.CALL) > 0
        || statement.consequences().contains(Consequence.ENDS_TRANSACTION)
        || statement.consequences().contains(Consequence.RUNS_CODE);
  }

  private static Stream<ColumnOrigin> columnsWritten(Analysed statement) {
    return statement.command().accesses().stream()
        .filter(access -> access.operation() == Operation.WRITE)
        .map(Access::resource)
        .filter(one -> one.kind() == Resource.Kind.COLUMN && one.path().size() == 3)
        .map(one -> new ColumnOrigin(one.path().get(0), one.path().get(1), one.path().get(2)));
  }

  private Optional<Strength> strength(ColumnOrigin column) {
    return policy.protects(
        caller,
        target,
        database,
        Resource.of(Resource.Kind.COLUMN, column.schema(), column.table(), column.column()));
  }

  /** The columns of what it defines anew or takes away, a whole schema included. */
  private static Stream<ColumnOrigin> columnsDefined(Catalog catalog, Analysed statement) {
    return statement.command().accesses().stream()
        .filter(access -> access.operation() == Operation.DEFINE)
        .flatMap(access -> catalog.under(access.resource().path()))
        .flatMap(
            relation ->
                relation.columns().stream()
                    .map(name -> new ColumnOrigin(relation.schema(), relation.name(), name)));
  }
}

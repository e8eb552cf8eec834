package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.lineage.Tracing;
import io.gatehouse.appliance.sql.postgres.Reading.Located;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Maintenance;
import io.gatehouse.appliance.sql.tree.MysqlStatement;
import io.gatehouse.appliance.sql.tree.Privileges;
import io.gatehouse.appliance.sql.tree.SelectInto;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The statements of one text, each against the state that those before it would leave. Lives for
 * one analysis, on its thread.
 */
final class Submission {
  private final Scene scene;
  private final Set<QualifiedName> defined = new HashSet<>();

  /** What only changed in ways that no other definition needs to know of. */
  private final Set<QualifiedName> reshaped = new HashSet<>();

  private NameState names;
  private boolean anythingDefined;

  Submission(Scene scene) {
    this.scene = scene;
    this.names = scene.names();
  }

  List<Analysed> read(List<Located> statements) {
    List<Analysed> all = new ArrayList<>();
    for (Located statement : statements) {
      Analysed analysed = next(statement);
      all.add(statements.size() > 1 ? Several.oneOf(analysed) : analysed);
      leaves(analysed, statement.statement());
    }
    return all;
  }

  private Analysed next(Located located) {
    Resolver resolver = new Resolver(scene.catalog(), names);
    Analysed analysed = one(located, resolver);
    if (analysed.awaitsNames() && !names.equals(scene.names())) {
      return Analysed.notUnderstood(Several.splitting("moves what names mean"));
    }
    boolean moved =
        (resolver.asked() && anythingDefined)
            || touches(analysed.command(), defined, creates(located.statement()))
            || (!(located.statement() instanceof Statement.Definition)
                && touches(analysed.command(), reshaped, false));
    return moved
        ? Analysed.notUnderstood(Several.splitting("defines what this one touches"))
        : analysed;
  }

  private static Analysed one(Located located, Resolver resolver) {
    Findings findings = new Findings();
    try {
      new Statements(findings, resolver).read(located.statement());
      if (located.statement() instanceof SessionStatement.Prepare prepare) {
        findings.leaves(
            new Consequence.Prepares(prepare.name().text(), located.start(), located.end()));
      }
      return findings.result(located.fingerprint(), Tracing.of(located.statement(), resolver));
    } catch (DoubtException doubt) {
      return doubt.awaitsNames()
          ? Analysed.awaitingNames(doubt.reason())
          : Analysed.notUnderstood(doubt.reason());
    }
  }

  /**
   * @param creates whether what it defines comes to be, whatever had the name before
   */
  private static boolean touches(Command command, Set<QualifiedName> some, boolean creates) {
    if (some.isEmpty()) {
      return false;
    }
    for (Access access : command.accesses()) {
      List<String> path = access.resource().path();
      boolean concerned = !(creates && access.operation() == Operation.DEFINE);
      if (concerned
          && path.size() >= 2
          && some.contains(new QualifiedName(path.get(0), path.get(1)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean creates(Statement statement) {
    return switch (statement) {
      case Statement.CreateTableAs create -> !create.ifNotExists();
      case Statement.CreateView create -> !create.orReplace();
      case Statement.Definition definition ->
          definition.verb() == Statement.Verb.CREATE
              && definition.on().isEmpty()
              && !definition.orReplace()
              && !definition.ifExists();
      case Statement.QueryStatement _,
          SelectInto _,
          Change _,
          Statement.Explain _,
          Statement.Copy _,
          Statement.RefreshView _,
          SessionStatement _,
          Maintenance _,
          Privileges _,
          MysqlStatement _ ->
          false;
    };
  }

  private void leaves(Analysed analysed, Statement statement) {
    for (Consequence consequence : analysed.consequences()) {
      switch (consequence) {
        case Consequence.MovesNames _,
            Consequence.MovesObjects _,
            Consequence.MakesTemporary _,
            Consequence.BeginsAnew _,
            Consequence.RunsCode _,
            Consequence.EndsTransaction _ ->
            names = NameState.UNKNOWN;
        case Consequence.Defines(Set<QualifiedName> touched, _) -> {
          (reshapes(statement) ? reshaped : defined).addAll(touched);
          anythingDefined |= touched.isEmpty();
        }
        case Consequence.Prepares _,
            Consequence.Declares _,
            Consequence.Deallocates _,
            Consequence.RunsPrepared _,
            Consequence.Fetches _,
            Consequence.Closes _ -> {}
      }
    }
  }

  private static boolean reshapes(Statement statement) {
    return statement instanceof Statement.Definition definition
        && definition.verb() == Statement.Verb.ALTER
        && definition.bodyRead();
  }
}

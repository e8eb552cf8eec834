package io.gatehouse.appliance.sql.analysis;

import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.Maintenance;
import io.gatehouse.appliance.sql.tree.MysqlStatement;
import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Privileges;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.SelectInto;
import io.gatehouse.appliance.sql.tree.SessionStatement;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Every kind of statement, and what it is as a command. */
final class Statements {
  private final Findings findings;
  private final Resolver resolver;
  private final Walk walk;

  Statements(Findings findings, Resolver resolver) {
    this.findings = findings;
    this.resolver = resolver;
    this.walk = new Walk(findings, resolver);
  }

  /** Reads one whole statement. */
  void read(Statement statement) {
    statement(statement);
    walk.finish();
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.QueryStatement(Query query) -> query(query);
      case SelectInto _ -> throw DoubtException.of("INTO is not understood on this server");
      case Change change -> new Changes(walk, findings).change(change);
      case Statement.Explain explain -> explain(explain);
      case Statement.Copy copy -> copy(copy);
      case Statement.CreateTableAs create -> createTableAs(create);
      case Statement.CreateView create -> createView(create);
      case Statement.RefreshView refresh -> {
        walk.relations().changed(resolver.relation(refresh.view()), Operation.DEFINE, Set.of());
        findings.userCode();
      }
      case Statement.Definition definition ->
          new Definitions(findings, resolver).definition(definition);
      case SessionStatement session -> session(session);
      case Maintenance maintenance -> maintenance(maintenance);
      case Privileges privileges -> privileges(privileges);
      case MysqlStatement _ -> throw DoubtException.of("a statement not understood on this server");
    }
  }

  private void query(Query query) {
    if (query.body() instanceof Query.Select select && select.into().isPresent()) {
      Query.Into into = select.into().get();
      creates(into.table(), into.persistence(), true);
      findings.trait(Trait.KEEPS_RESULT);
      walk.selectInto(query, select);
      return;
    }
    walk.query(query);
    if (Results.unbounded(query)) {
      findings.trait(Trait.UNBOUNDED_RESULT);
    }
  }

  private void explain(Statement.Explain explain) {
    statement(explain.statement());
    boolean executes =
        explain.options().stream()
            .anyMatch(option -> option.name().equals("analyze") && !off(option.values()));
    if (executes) {
      findings.trait(Trait.EXPLAIN_EXECUTES);
    } else {
      walk.finish();
      findings.onlyPlanned();
    }
  }

  private static boolean off(List<String> values) {
    return values.size() == 1
        && Set.of("off", "false", "0").contains(values.getFirst().toLowerCase(Locale.ROOT));
  }

  private void copy(Statement.Copy copy) {
    switch (copy.source()) {
      case Statement.CopyTable(QualifiedName table, List<Name> columns) ->
          copyTable(table, columns, copy.from());
      case Statement.CopyStatement(Statement inner, _, _) -> statement(inner);
    }
    copy.where().ifPresent(walk.expressions()::walk);
    switch (copy.end()) {
      case CLIENT -> {}
      case FILE -> {
        findings.touches(Operation.TRANSFER, Resource.Kind.FILE, copy.place());
        findings.trait(Trait.FILES);
      }
      case PROGRAM -> {
        findings.touches(Operation.TRANSFER, Resource.Kind.PROGRAM);
        findings.trait(Trait.PROGRAMS);
      }
    }
    if (!copy.from()) {
      findings.trait(Trait.UNBOUNDED_RESULT);
    }
  }

  private void copyTable(QualifiedName table, List<Name> columns, boolean from) {
    Resolver.Found found = resolver.relation(table);
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.add(column.text()));
    if (names.isEmpty() && found instanceof Resolver.Found.Base(var relation)) {
      names.addAll(relation.columns());
    }
    if (from) {
      walk.relations().changed(found, Operation.WRITE, names);
      return;
    }
    walk.item(new FromItem.Table(table, true, Optional.empty(), Optional.empty()));
    names.forEach(walk.columns()::name);
  }

  private void createTableAs(Statement.CreateTableAs create) {
    creates(create.table(), create.persistence(), !create.ifNotExists());
    findings.trait(Trait.KEEPS_RESULT);
    switch (create.statement()) {
      case Statement.QueryStatement(Query query) -> walk.query(query);
      case SessionStatement.Execute _ ->
          throw DoubtException.of("a table made from a prepared statement; name its query instead");
      default -> throw DoubtException.of("a table made from something that is no query");
    }
  }

  private void creates(QualifiedName table, Query.Persistence persistence, boolean isNew) {
    new Definitions(findings, resolver)
        .creates(table, persistence == Query.Persistence.TEMPORARY, isNew);
  }

  private void createView(Statement.CreateView create) {
    creates(create.view(), create.persistence(), !create.orReplace());
    if (create.recursive()) {
      throw DoubtException.of("a recursive view; write it as WITH RECURSIVE");
    }
    walk.query(create.query());
  }

  private void session(SessionStatement statement) {
    switch (statement) {
      case SessionStatement.Prepare prepare -> {
        prepare.types().forEach(walk.expressions()::type);
        statement(prepare.statement());
      }
      case SessionStatement.Execute execute -> {
        walk.expressions().walkAll(execute.arguments());
        findings.leaves(new Consequence.RunsPrepared(execute.name().text()));
      }
      case SessionStatement.Deallocate deallocate ->
          findings.leaves(
              new Consequence.Deallocates(deallocate.name().map(Name::text).orElse("")));
      case SessionStatement.DeclareCursor declare -> {
        query(declare.query());
        findings.leaves(new Consequence.Declares(declare.name().text()));
      }
      case SessionStatement.Fetch fetch ->
          findings.leaves(new Consequence.Fetches(fetch.cursor().text()));
      case SessionStatement.CloseCursor close ->
          findings.leaves(new Consequence.Closes(close.name().map(Name::text).orElse("")));
      case SessionStatement.SetConstraints set -> {
        // What was deferred runs now.
        if (!set.deferred()) {
          findings.leaves(Consequence.RUNS_CODE);
        }
      }
      case SessionStatement.Transaction transaction -> transaction(transaction);
      case SessionStatement.SetTransaction set -> setTransaction(set);
      case SessionStatement.SetVariable set -> set(set);
      case SessionStatement.Reset reset -> reset(reset);
      case SessionStatement.Show show -> show(show);
      case SessionStatement.Discard discard -> discard(discard);
      case SessionStatement.Listen(Name channel) -> channel(Operation.SESSION, channel);
      case SessionStatement.Unlisten _ -> {}
      case SessionStatement.Notify notify -> {
        channel(Operation.TRANSFER, notify.channel());
        findings.trait(Trait.NOTIFIES);
      }
      case SessionStatement.Lock lock -> lock(lock);
      case SessionStatement.CallProcedure(Expression.Call call) -> call(call);
      case SessionStatement.DoBlock _ -> {
        findings.touches(Operation.EXECUTE, Resource.Kind.DATABASE);
        findings.trait(Trait.DYNAMIC_CODE);
        findings.userCode();
      }
    }
  }

  private void channel(Operation operation, Name channel) {
    findings.touches(operation, Resource.Kind.CHANNEL, channel.text());
  }

  private void transaction(SessionStatement.Transaction transaction) {
    switch (transaction.kind()) {
      case BEGIN, SAVEPOINT, RELEASE -> {}
      case COMMIT, ROLLBACK, ROLLBACK_TO -> findings.leaves(Consequence.ENDS_TRANSACTION);
      case PREPARE, COMMIT_PREPARED, ROLLBACK_PREPARED -> {
        findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
        findings.leaves(Consequence.ENDS_TRANSACTION);
      }
    }
  }

  private void setTransaction(SessionStatement.SetTransaction set) {
    if (set.modes().stream().anyMatch(mode -> mode.startsWith("snapshot"))) {
      findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
    }
  }

  private void set(SessionStatement.SetVariable set) {
    Optional<List<String>> values =
        switch (set.setting()) {
          case SessionStatement.Values(List<String> given) -> Optional.of(given);
          case SessionStatement.ToDefault _ -> Optional.empty();
          case SessionStatement.FromCurrent _ ->
              throw DoubtException.of("SET FROM CURRENT outside a function");
        };
    if (values.isEmpty() && Settings.fixed(set.name())) {
      return;
    }
    Settings.set(findings, set.name(), values);
  }

  private void reset(SessionStatement.Reset reset) {
    reset
        .name()
        .ifPresentOrElse(
            name -> {
              if (!Settings.fixed(name)) {
                Settings.set(findings, name, Optional.empty());
              }
            },
            () -> Settings.resetAll(findings));
  }

  private void show(SessionStatement.Show show) {
    findings.touches(
        Operation.READ,
        new Resource(
            Resource.Kind.SETTING,
            show.name().map(name -> List.of(name.toLowerCase(Locale.ROOT))).orElse(List.of())));
  }

  private void discard(SessionStatement.Discard discard) {
    switch (discard.kind()) {
      case ALL -> {
        findings.leaves(Consequence.RUNS_CODE);
        findings.leaves(new Consequence.Deallocates(""));
      }
      case TEMP -> findings.leaves(Consequence.MOVES_OBJECTS);
      case PLANS, SEQUENCES -> {}
    }
  }

  private void lock(SessionStatement.Lock lock) {
    findings.trait(Trait.LOCKS);
    for (FromItem.Table table : lock.tables()) {
      walk.relations().changed(resolver.relation(table.name()), Operation.WRITE, Set.of());
    }
  }

  private void call(Expression.Call call) {
    walk.expressions().walk(call);
    findings.touches(
        Operation.CALL,
        new Resource(
            Resource.Kind.FUNCTION, call.name().parts().stream().map(Name::text).toList()));
    findings.userCode();
  }

  private void maintenance(Maintenance maintenance) {
    switch (maintenance) {
      case Maintenance.Truncate truncate -> {
        for (FromItem.Table table : truncate.tables()) {
          walk.relations().changed(resolver.relation(table.name()), Operation.DELETE, Set.of());
        }
        if (truncate.cascade()) {
          findings.touches(Operation.DELETE, Resource.Kind.DATABASE);
        }
        if (truncate.cascade()) {
          // Every table with a foreign key to one of them, whatever that key does otherwise.
          findings.touches(Operation.DELETE, Resource.Kind.DATABASE);
          findings.userCode();
        }
        findings.trait(Trait.WITHOUT_CONDITION);
        findings.trait(Trait.WHOLE_TABLE);
        findings.trait(Trait.LOCKS);
      }
      case Maintenance.Vacuum vacuum -> {
        findings.touches(Operation.ADMINISTER, Resource.Kind.DATABASE);
        for (Maintenance.Target target : vacuum.targets()) {
          administered(target.table().name());
        }
        // Expression indexes and statistics run their functions.
        findings.userCode();
      }
      case Maintenance.Cluster cluster -> {
        findings.touches(Operation.ADMINISTER, Resource.Kind.DATABASE);
        cluster.table().ifPresent(this::administered);
        findings.userCode();
      }
      case Maintenance.Reindex _ -> {
        findings.touches(Operation.ADMINISTER, Resource.Kind.DATABASE);
        findings.userCode();
      }
      case Maintenance.Checkpoint _ -> findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
      case Maintenance.Load _ -> {
        findings.touches(Operation.ADMINISTER, Resource.Kind.SERVER);
        findings.trait(Trait.FILES);
        findings.userCode();
      }
    }
  }

  private void administered(QualifiedName name) {
    walk.relations().changed(resolver.relation(name), Operation.ADMINISTER, Set.of());
  }

  private void privileges(Privileges privileges) {
    findings.trait(Trait.PRIVILEGES);
    switch (privileges) {
      case Privileges.Grant grant -> {
        Definitions definitions = new Definitions(findings, resolver);
        grant.objects().forEach(name -> definitions.granted(grant.kind(), name));
        if (grant.objects().isEmpty()) {
          findings.touches(Operation.GRANT, Resource.Kind.DATABASE);
        }
      }
      case Privileges.GrantRole grant ->
          grant
              .granted()
              .forEach(role -> findings.touches(Operation.GRANT, Resource.Kind.ROLE, role.text()));
      case Privileges.DefaultPrivileges _ ->
          findings.touches(Operation.GRANT, Resource.Kind.DATABASE);
    }
  }
}

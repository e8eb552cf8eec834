package io.gatehouse.appliance.sql.postgres;

import io.gatehouse.appliance.sql.tree.FromItem.Table;
import io.gatehouse.appliance.sql.tree.Maintenance;
import io.gatehouse.appliance.sql.tree.Maintenance.Cluster;
import io.gatehouse.appliance.sql.tree.Maintenance.Reindex;
import io.gatehouse.appliance.sql.tree.Maintenance.Target;
import io.gatehouse.appliance.sql.tree.Maintenance.Truncate;
import io.gatehouse.appliance.sql.tree.Maintenance.Vacuum;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.Statement.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** TRUNCATE, VACUUM, ANALYZE, CLUSTER, REINDEX, CHECKPOINT and LOAD. */
final class MaintenanceStatements {
  private final Grammar grammar;
  private final Cursor cursor;

  MaintenanceStatements(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Truncate truncate() {
    cursor.expect("truncate");
    cursor.take("table");
    List<Table> tables = cursor.list(grammar.from::relation);
    boolean restart = cursor.take("restart");
    if (restart || cursor.take("continue")) {
      cursor.expect("identity");
    }
    return new Truncate(tables, restart, cascade());
  }

  /** opt_drop_behavior. */
  boolean cascade() {
    boolean cascade = cursor.take("cascade");
    if (!cascade) {
      cursor.take("restrict");
    }
    return cascade;
  }

  Vacuum vacuum() {
    cursor.expect("vacuum");
    List<Option> options = new ArrayList<>();
    if (cursor.atSymbol("(")) {
      options.addAll(grammar.options.utility());
    } else {
      options.addAll(grammar.options.flags("full", "freeze", "verbose"));
      if (cursor.take("analyze") || cursor.take("analyse")) {
        options.add(new Option("analyze", List.of()));
      }
    }
    return new Vacuum(false, options, targets());
  }

  Vacuum analyze() {
    cursor.next();
    List<Option> options =
        cursor.atSymbol("(") ? grammar.options.utility() : grammar.options.flags("verbose");
    return new Vacuum(true, options, targets());
  }

  private List<Target> targets() {
    if (cursor.atEnd()) {
      return List.of();
    }
    return cursor.list(() -> new Target(grammar.from.relation(), cursor.optionalNameList()));
  }

  Cluster cluster() {
    cursor.expect("cluster");
    boolean listed = cursor.atSymbol("(");
    List<Option> options = listed ? grammar.options.utility() : grammar.options.flags("verbose");
    if (cursor.atEnd()) {
      return new Cluster(options, Optional.empty());
    }
    QualifiedName table = cursor.qualifiedName();
    if (cursor.take("using")) {
      cursor.columnId();
    } else if (!listed && cursor.take("on")) {
      // The old form names the index first.
      table = cursor.qualifiedName();
    }
    return new Cluster(options, Optional.of(table));
  }

  Reindex reindex() {
    cursor.expect("reindex");
    List<Option> options = cursor.atSymbol("(") ? grammar.options.utility() : List.of();
    if (!cursor.atAny("index", "table", "schema", "system", "database")) {
      throw cursor.unexpected();
    }
    String kind = cursor.next().text();
    cursor.take("concurrently");
    boolean mayLack = kind.equals("system") || kind.equals("database");
    if (mayLack && cursor.atEnd()) {
      return new Reindex(kind, options, Optional.empty());
    }
    return new Reindex(kind, options, Optional.of(cursor.qualifiedName()));
  }

  Maintenance checkpoint() {
    cursor.expect("checkpoint");
    return new Maintenance.Checkpoint();
  }

  Maintenance load() {
    cursor.expect("load");
    return new Maintenance.Load(cursor.string());
  }
}

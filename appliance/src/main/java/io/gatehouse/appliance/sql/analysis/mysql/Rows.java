package io.gatehouse.appliance.sql.analysis.mysql;

import io.gatehouse.appliance.sql.analysis.DoubtException;
import io.gatehouse.appliance.sql.analysis.Findings;
import io.gatehouse.appliance.sql.tree.FromItem;
import io.gatehouse.appliance.sql.tree.MysqlRows;
import io.gatehouse.appliance.sql.tree.QualifiedName;
import io.gatehouse.appliance.sql.tree.SelectInto;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Rows from and to files, into variables, and by HANDLER. */
final class Rows {
  private final Findings findings;
  private final Queries queries;

  Rows(Findings findings, Queries queries) {
    this.findings = findings;
    this.queries = queries;
  }

  void rows(MysqlRows statement) {
    switch (statement) {
      case MysqlRows.LoadFile load -> queries.scoped(Optional.empty(), () -> load(load));
      case MysqlRows.OpenHandler(QualifiedName table, var alias) -> {
        if (alias.isPresent()) {
          throw DoubtException.of("a handler with a name of its own; open it by the table's");
        }
        queries.tables().readWhole(table);
      }
      case MysqlRows.ReadHandler read -> {
        queries.tables().readWhole(read.handler());
        queries.expressions().walkAll(read.expressions());
      }
      case MysqlRows.CloseHandler _ -> findings.touches(Operation.SESSION, Resource.Kind.SESSION);
    }
  }

  private void load(MysqlRows.LoadFile load) {
    file(load.file());
    if (!load.local()) {
      findings.trait(Trait.FILES);
    }
    Source target =
        queries.target(new FromItem.Table(load.table(), false, Optional.empty(), Optional.empty()));
    Set<String> written = new LinkedHashSet<>();
    for (MysqlRows.Field field : load.fields()) {
      switch (field) {
        case MysqlRows.ColumnField(QualifiedName column) ->
            written.add(Changes.column(target, column));
        case MysqlRows.VariableField _ -> queries.expressions().keeps();
      }
    }
    if (load.fields().isEmpty()) {
      written.addAll(Tables.allColumns(target.found()));
    }
    for (MysqlRows.Assigned assigned : load.set()) {
      written.add(Changes.column(target, assigned.column()));
      queries.expressions().walk(assigned.value());
    }
    if (load.onDuplicate() == MysqlRows.OnDuplicate.REPLACE) {
      queries.tables().changed(target.found(), Operation.DELETE, Set.of());
    }
    queries.tables().changed(target.found(), Operation.WRITE, written);
  }

  private void file(String path) {
    findings.touches(Operation.TRANSFER, Resource.Kind.FILE, path);
  }

  void into(SelectInto select) {
    queries.query(select.query());
    switch (select.target()) {
      case SelectInto.Variables _ -> queries.expressions().keeps();
      case SelectInto.ServerFile(String path, _) -> {
        file(path);
        findings.trait(Trait.FILES);
      }
    }
  }
}

package io.gatehouse.appliance.sql.mysql;

import io.gatehouse.appliance.sql.tree.Name;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement.QueryStatement;
import io.gatehouse.appliance.sql.tree.With;
import io.gatehouse.appliance.sql.tree.With.CommonTable;
import java.util.List;
import java.util.Optional;

/** with_clause: here only queries may stand in it. */
final class CommonTables {
  private final Grammar grammar;
  private final Cursor cursor;

  CommonTables(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  Optional<With> optionalWith() {
    if (!cursor.take("with")) {
      return Optional.empty();
    }
    boolean recursive = cursor.take("recursive");
    return Optional.of(new With(recursive, cursor.list(this::table)));
  }

  private CommonTable table() {
    Name name = grammar.names.name();
    List<Name> columns = grammar.names.optionalList();
    cursor.expect("as");
    Query query = grammar.parentheses.query();
    return new CommonTable(
        name,
        columns,
        Optional.empty(),
        new QueryStatement(query),
        Optional.empty(),
        Optional.empty());
  }
}

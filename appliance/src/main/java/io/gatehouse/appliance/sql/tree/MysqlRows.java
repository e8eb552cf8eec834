package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/** A statement of MySQL and MariaDB that reads or writes rows beside queries and changes. */
public sealed interface MysqlRows extends MysqlStatement {

  enum OnDuplicate {
    FAIL,
    REPLACE,
    IGNORE
  }

  /** Where a field of a file goes. */
  sealed interface Field {}

  record ColumnField(QualifiedName column) implements Field {}

  /** A user variable, which keeps it for later statements. */
  record VariableField(String name) implements Field {}

  /** {@code column = value} of SET; DEFAULT is {@link Expression.Default}. */
  record Assigned(QualifiedName column, Expression value) {}

  /**
   * LOAD DATA and LOAD XML.
   *
   * @param local whether the client sends the file, not the server reads it
   * @param fields what takes them; none for all columns
   */
  record LoadFile(
      boolean xml,
      boolean local,
      String file,
      OnDuplicate onDuplicate,
      QualifiedName table,
      List<Field> fields,
      List<Assigned> set)
      implements MysqlRows {
    public LoadFile {
      fields = List.copyOf(fields);
      set = List.copyOf(set);
    }
  }

  record OpenHandler(QualifiedName table, Optional<Name> alias) implements MysqlRows {}

  /**
   * Rows of a table by its open handler: without a mask, a condition or a name for its columns.
   *
   * @param expressions all in it: keys, WHERE and LIMIT
   */
  record ReadHandler(QualifiedName handler, List<Expression> expressions) implements MysqlRows {
    public ReadHandler {
      expressions = List.copyOf(expressions);
    }
  }

  record CloseHandler(QualifiedName handler) implements MysqlRows {}
}

package io.gatehouse.appliance.sql.tree;

import io.gatehouse.appliance.sql.tree.Query.Persistence;
import java.util.List;
import java.util.Optional;

/** One statement. */
public sealed interface Statement
    permits Statement.QueryStatement,
        SelectInto,
        Change,
        Statement.Explain,
        Statement.Copy,
        Statement.CreateTableAs,
        Statement.CreateView,
        Statement.RefreshView,
        Statement.Definition,
        SessionStatement,
        Maintenance,
        Privileges,
        MysqlStatement {

  record QueryStatement(Query query) implements Statement {}

  /**
   * An option of a list such as EXPLAIN's or COPY's.
   *
   * @param name lower-case
   * @param values as written, folded; none when only the name stands there
   */
  record Option(String name, List<String> values) {
    public Option {
      values = List.copyOf(values);
    }
  }

  record Explain(List<Option> options, Statement statement) implements Statement {
    public Explain {
      options = List.copyOf(options);
    }
  }

  sealed interface CopySource {}

  record CopyTable(QualifiedName table, List<Name> columns) implements CopySource {
    public CopyTable {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param from where the statement starts in the text, in characters
   * @param to where it ends
   */
  record CopyStatement(Statement statement, int from, int to) implements CopySource {}

  enum CopyEnd {
    /** STDIN or STDOUT: the client. */
    CLIENT,
    FILE,
    PROGRAM
  }

  /**
   * @param place the file or program; empty for the client
   */
  record Copy(
      CopySource source,
      boolean from,
      CopyEnd end,
      String place,
      List<Option> options,
      Optional<Expression> where)
      implements Statement {
    public Copy {
      options = List.copyOf(options);
    }
  }

  /**
   * @param statement a query, or an {@link SessionStatement.Execute}
   */
  record CreateTableAs(
      QualifiedName table,
      Persistence persistence,
      boolean materializedView,
      boolean ifNotExists,
      List<Name> columns,
      Statement statement,
      boolean withData)
      implements Statement {
    public CreateTableAs {
      columns = List.copyOf(columns);
    }
  }

  record CreateView(
      QualifiedName view,
      Persistence persistence,
      boolean orReplace,
      boolean recursive,
      List<Name> columns,
      Query query)
      implements Statement {
    public CreateView {
      columns = List.copyOf(columns);
    }
  }

  record RefreshView(QualifiedName view, boolean concurrently, boolean withData)
      implements Statement {}

  enum Verb {
    CREATE,
    ALTER,
    DROP,
    COMMENT,
    SECURITY_LABEL,
    IMPORT,
    REASSIGN,
    DROP_OWNED
  }

  /**
   * All other changes of the catalog. Only the head was read: the rest of the text is known to
   * belong to it, and nothing else is known about it.
   *
   * @param kind the object's kind in lower-case words, such as {@code table} or {@code event
   *     trigger}
   * @param names the objects named by the head
   * @param on the table that a trigger, policy, rule or index belongs to
   * @param temporary whether it goes to the session's temporary schema by keyword
   * @param ifExists IF EXISTS or IF NOT EXISTS
   */
  record Definition(
      Verb verb,
      String kind,
      List<QualifiedName> names,
      Optional<QualifiedName> on,
      boolean temporary,
      boolean orReplace,
      boolean ifExists,
      boolean bodyRead)
      implements Statement {
    public Definition {
      names = List.copyOf(names);
    }
  }
}

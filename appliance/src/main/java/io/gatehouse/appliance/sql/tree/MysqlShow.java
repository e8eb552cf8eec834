package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/** A statement of MySQL and MariaDB that tells what the server knows. */
public sealed interface MysqlShow extends MysqlStatement {

  /**
   * @param kind what is shown, in lower-case words with its modifiers: {@code full columns}, {@code
   *     create table}, {@code global status}
   * @param objects the tables, databases, routines ... that it is about
   * @param like the pattern of LIKE
   * @param filters the expressions of WHERE and LIMIT
   */
  record Show(
      String kind, List<QualifiedName> objects, Optional<String> like, List<Expression> filters)
      implements MysqlShow {
    public Show {
      objects = List.copyOf(objects);
      filters = List.copyOf(filters);
    }
  }

  /** SHOW GRANTS, SHOW CREATE USER. */
  record ShowAccount(String kind, Optional<Account> account, List<Account> roles)
      implements MysqlShow {
    public ShowAccount {
      roles = List.copyOf(roles);
    }
  }

  /**
   * DESCRIBE of a table.
   *
   * @param column a column, or a pattern of columns
   */
  record Describe(QualifiedName table, Optional<String> column) implements MysqlShow {}

  /** EXPLAIN FOR CONNECTION: the plan of what another session runs. */
  record ExplainConnection(List<Statement.Option> options, Expression connection)
      implements MysqlShow {
    public ExplainConnection {
      options = List.copyOf(options);
    }
  }
}

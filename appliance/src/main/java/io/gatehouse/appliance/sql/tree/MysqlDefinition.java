package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/** A change of the catalog that shows more than {@link Statement.Definition} can. */
public sealed interface MysqlDefinition extends MysqlStatement {

  /**
   * CREATE TABLE. What stands in its parentheses is only known to belong to it.
   *
   * @param like the table whose definition it takes
   * @param mentioned tables that its columns and options refer to
   * @param query what fills it
   */
  record CreateTable(
      QualifiedName table,
      boolean temporary,
      boolean orReplace,
      boolean ifNotExists,
      Optional<QualifiedName> like,
      List<QualifiedName> mentioned,
      Optional<Query> query)
      implements MysqlDefinition {
    public CreateTable {
      mentioned = List.copyOf(mentioned);
    }
  }

  /**
   * CREATE VIEW and ALTER VIEW.
   *
   * @param definer who it runs as, where that is said
   * @param invoker whether it runs with the rights of whoever reads it
   */
  record DefineView(
      QualifiedName view,
      boolean alter,
      boolean orReplace,
      boolean ifNotExists,
      Optional<Account> definer,
      boolean invoker,
      List<Name> columns,
      Query query)
      implements MysqlDefinition {
    public DefineView {
      columns = List.copyOf(columns);
    }
  }

  /**
   * CREATE and ALTER of what holds code, which is not read.
   *
   * @param kind {@code procedure}, {@code function}, {@code trigger}, {@code event}, {@code
   *     package}, {@code package body}
   * @param on the table of a trigger
   */
  record DefineCode(
      String kind,
      QualifiedName name,
      boolean alter,
      boolean orReplace,
      boolean ifNotExists,
      Optional<Account> definer,
      Optional<QualifiedName> on)
      implements MysqlDefinition {}

  /**
   * ALTER TABLE, CREATE INDEX and DROP INDEX, none of which is read but for the tables in it.
   *
   * @param action {@code alter table}, {@code create index}, {@code drop index}
   * @param mentioned tables that it renames to, exchanges with, or refers to
   */
  record AlterTable(String action, QualifiedName table, List<QualifiedName> mentioned)
      implements MysqlDefinition {
    public AlterTable {
      mentioned = List.copyOf(mentioned);
    }
  }

  record Rename(QualifiedName from, QualifiedName to) {}

  record RenameTables(List<Rename> renames) implements MysqlDefinition {
    public RenameTables {
      renames = List.copyOf(renames);
    }
  }
}

package io.gatehouse.appliance.sql.tree;

import java.util.List;

/** A statement of MySQL and MariaDB about the server, or about how it keeps its data. */
public sealed interface MysqlServer extends MysqlStatement {

  /**
   * ANALYZE, CHECK, CHECKSUM, OPTIMIZE and REPAIR TABLE.
   *
   * @param action its first word, lower-case
   * @param options lower-case words such as {@code extended}
   */
  record TableCare(String action, List<QualifiedName> tables, List<String> options)
      implements MysqlServer {
    public TableCare {
      tables = List.copyOf(tables);
      options = List.copyOf(options);
    }
  }

  /**
   * What only an administrator asks for: replication, logs, plugins, clones, shutdown ...
   *
   * @param kind its first words, lower-case: {@code flush tables}, {@code change replication
   *     source}, {@code install plugin}
   * @param objects the tables, plugins, components that it names
   * @param bodyRead whether nothing was skipped
   */
  record Administer(String kind, List<QualifiedName> objects, boolean bodyRead)
      implements MysqlServer {
    public Administer {
      objects = List.copyOf(objects);
    }
  }
}

package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/** A statement about how data is stored, or about the server. */
public sealed interface Maintenance extends Statement {

  record Truncate(List<FromItem.Table> tables, boolean restartIdentity, boolean cascade)
      implements Maintenance {
    public Truncate {
      tables = List.copyOf(tables);
    }
  }

  record Target(FromItem.Table table, List<Name> columns) {
    public Target {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param analyzeOnly ANALYZE, else VACUUM
   * @param targets empty for the whole database
   */
  record Vacuum(boolean analyzeOnly, List<Statement.Option> options, List<Target> targets)
      implements Maintenance {
    public Vacuum {
      options = List.copyOf(options);
      targets = List.copyOf(targets);
    }
  }

  /**
   * @param table absent for everything that was clustered before
   */
  record Cluster(List<Statement.Option> options, Optional<QualifiedName> table)
      implements Maintenance {
    public Cluster {
      options = List.copyOf(options);
    }
  }

  /**
   * @param kind {@code index}, {@code table}, {@code schema}, {@code system} or {@code database}
   * @param name may be absent for {@code system} and {@code database}
   */
  record Reindex(String kind, List<Statement.Option> options, Optional<QualifiedName> name)
      implements Maintenance {
    public Reindex {
      options = List.copyOf(options);
    }
  }

  record Checkpoint() implements Maintenance {}

  record Load(String file) implements Maintenance {}
}

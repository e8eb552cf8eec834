package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/** WITH and its common table expressions. */
public record With(boolean recursive, List<CommonTable> tables) {
  public With {
    tables = List.copyOf(tables);
  }

  /**
   * @param materialized what MATERIALIZED or NOT MATERIALIZED says
   * @param body a query or a statement that changes data
   */
  public record CommonTable(
      Name name,
      List<Name> columns,
      Optional<Boolean> materialized,
      Statement body,
      Optional<Search> search,
      Optional<Cycle> cycle) {
    public CommonTable {
      columns = List.copyOf(columns);
    }
  }

  public record Search(boolean breadthFirst, List<Name> by, Name set) {
    public Search {
      by = List.copyOf(by);
    }
  }

  /**
   * @param marks the two values of TO and DEFAULT, or none
   */
  public record Cycle(List<Name> columns, Name set, List<Expression> marks, Name path) {
    public Cycle {
      columns = List.copyOf(columns);
      marks = List.copyOf(marks);
    }
  }
}

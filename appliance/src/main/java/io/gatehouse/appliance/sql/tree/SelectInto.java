package io.gatehouse.appliance.sql.tree;

import java.util.List;

/** A query whose rows do not go to the client. */
public record SelectInto(Query query, Target target) implements Statement {

  /** Where they go. */
  public sealed interface Target {}

  /** Variables of the session, as many as the query has columns. */
  public record Variables(List<String> names) implements Target {
    public Variables {
      names = List.copyOf(names);
    }
  }

  /**
   * A file on the server's machine.
   *
   * @param raw whether it gets one value without anything around it
   */
  public record ServerFile(String path, boolean raw) implements Target {}
}

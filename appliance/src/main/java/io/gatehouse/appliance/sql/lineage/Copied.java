package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.spi.CopyFormat;

/**
 * A result that comes as COPY data, of which the server says no more than how many columns it has.
 * Holds no literal of a query.
 *
 * @param source where a statement is found whose result the server can describe
 */
public record Copied(CopyFormat format, Source source) {

  /** What is copied. */
  public sealed interface Source {}

  /**
   * A query.
   *
   * @param from where it starts in the text of the command, in characters
   * @param to where it ends
   */
  public record Query(int from, int to) implements Source {}

  /**
   * A relation.
   *
   * @param sql the query that gives the same
   */
  public record Table(String sql) implements Source {}

  /** A statement with the same result. */
  public String statement(String command) {
    return switch (source) {
      case Query(int from, int to) -> command.substring(from, to);
      case Table(String sql) -> sql;
    };
  }
}

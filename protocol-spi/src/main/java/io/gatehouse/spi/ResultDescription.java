package io.gatehouse.spi;

import java.util.List;

/**
 * A result as the server described it.
 *
 * @param columns in order
 */
public record ResultDescription(List<Column> columns) {

  /**
   * @param name its label, which proves nothing
   * @param originRelation the server's identifier of the relation it comes from, 0 if it says none
   * @param originColumn the column's number there, 0 if it says none
   * @param type the protocol's name or number of the type
   * @param modifier what bounds the type, such as a length, as the protocol says it; -1 for nothing
   * @param binary whether values come in the binary format
   */
  public record Column(
      String name,
      long originRelation,
      int originColumn,
      String type,
      int modifier,
      boolean binary) {}

  public ResultDescription {
    columns = List.copyOf(columns);
  }
}

package io.gatehouse.appliance.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * A window.
 *
 * @param base the window it copies
 * @param frameOffsets the expressions of the frame's bounds
 */
public record WindowDefinition(
    Optional<Name> base,
    List<Expression> partitionBy,
    List<SortItem> orderBy,
    List<Expression> frameOffsets) {
  public WindowDefinition {
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
    frameOffsets = List.copyOf(frameOffsets);
  }
}

package io.gatehouse.mysql.value;

import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Column definitions in the gate's words. */
public final class ResultDescriptions {
  private ResultDescriptions() {}

  /**
   * Of where columns come from it says nothing: what the server says of that is the view's name for
   * a view, and an alias for a derived table.
   *
   * @param binary whether rows are those of a prepared statement
   */
  public static ResultDescription of(List<ColumnDefinition41> columns, boolean binary) {
    return new ResultDescription(
        columns.stream()
            .map(
                column -> {
                  ColumnKind kind = ColumnKind.of(column);
                  return new ResultDescription.Column(
                      column.name(), 0, 0, kind.name(), kind.modifier(), binary);
                })
            .toList());
  }

  public static RowRewriter rewriter(
      List<ColumnDefinition41> columns, boolean binary, List<@Nullable FieldMask> masks) {
    return new RowRewriter(columns.stream().map(ColumnKind::of).toList(), binary, masks);
  }
}

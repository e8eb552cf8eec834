package io.gatehouse.appliance.catalog;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The types of all columns that users made, as results describe them. Nothing that decides commands
 * needs them, so catalogs do not keep them. Immutable.
 */
public final class ColumnTypes {
  private static final int FIELDS = 5;

  private final Map<ColumnOrigin, Type> types;

  /**
   * @param oid the server's number of the type; of a domain, that of what it is made of
   * @param modifier what bounds it; -1 for nothing
   */
  public record Type(int oid, int modifier) {}

  private ColumnTypes(Map<ColumnOrigin, Type> types) {
    this.types = types;
  }

  /**
   * Reads them through the gate's own connection.
   *
   * @param maxRows more columns than this fail the reading
   */
  public static CompletionStage<ColumnTypes> read(
      UpstreamPort port, Upstream upstream, int maxRows, Duration time) {
    return port.run(
            CatalogReader.fixed(upstream), new Statement(Statements.columnTypes(), maxRows, time))
        .thenApply(rows -> of(rows.rows()));
  }

  private static ColumnTypes of(List<List<Value>> rows) {
    Map<String, String> names = new HashMap<>();
    Map<ColumnOrigin, Type> types = new LinkedHashMap<>();
    for (List<Value> row : rows) {
      if (row.size() != FIELDS) {
        throw new IllegalArgumentException("a row that is not a column and its type");
      }
      ColumnOrigin column =
          new ColumnOrigin(shared(names, row, 0), shared(names, row, 1), shared(names, row, 2));
      types.put(
          column, new Type(Integer.parseUnsignedInt(text(row, 3)), Integer.parseInt(text(row, 4))));
    }
    return new ColumnTypes(types);
  }

  /** Names repeat: the same columns in thousands of tables. */
  private static String shared(Map<String, String> names, List<Value> row, int index) {
    return names.computeIfAbsent(text(row, index), name -> name);
  }

  private static String text(List<Value> row, int index) {
    if (row.get(index) instanceof Value.Text field) {
      return field.value();
    }
    throw new IllegalArgumentException("no text in column " + index);
  }

  /** In the order of their tables and columns. */
  public Map<ColumnOrigin, Type> all() {
    return java.util.Collections.unmodifiableMap(types);
  }

  public @Nullable Type of(ColumnOrigin column) {
    return types.get(column);
  }
}

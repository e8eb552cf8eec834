package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.Sections.Row;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads catalogs of PostgreSQL and their markers through the gate's own connections. Thread-safe;
 * rows are put together on the executor, never on the connection's event loop.
 */
public final class CatalogReader implements CatalogSource {
  /** The oldest version whose catalogs and built-in functions were reviewed. */
  private static final int OLDEST_MAJOR = 14;

  private static final int MAJOR = 10_000;

  private final UpstreamPort port;
  private final Executor executor;
  private final int maxRows;
  private final Duration time;

  /**
   * @param maxRows a catalog with more rows is not read: see docs/catalog.md
   * @param time each statement, connecting included
   */
  public CatalogReader(UpstreamPort port, Executor executor, int maxRows, Duration time) {
    this.port = port;
    this.executor = executor;
    this.maxRows = maxRows;
    this.time = time;
  }

  @Override
  public CompletionStage<Reading> read(Upstream upstream, boolean reported) {
    return port.run(upstream, new Statement(Statements.session(), 1, time))
        .thenApplyAsync(rows -> session(rows.rows()), executor)
        .thenCompose(
            session ->
                port.run(
                        fixed(upstream), new Statement(Statements.catalog(reported), maxRows, time))
                    .thenApplyAsync(rows -> reading(rows, session, reported), executor));
  }

  @Override
  public CompletionStage<Look> look(Upstream upstream, Marker known) {
    String statement = Statements.watch(known.reported(), known.snapshot());
    return port.run(fixed(upstream), new Statement(statement, 1, time))
        .thenApply(rows -> look(rows.rows(), known));
  }

  @Override
  public boolean wholeServer(String target) {
    return false;
  }

  /** A search path of the gate's own, so that no operator of anybody else is meant. */
  static Upstream fixed(Upstream upstream) {
    Map<String, String> parameters = new HashMap<>(upstream.parameters());
    parameters.put("search_path", Statements.PATH);
    return with(upstream, parameters);
  }

  private static Upstream with(Upstream upstream, Map<String, String> parameters) {
    // Names come as UTF-8 whatever the database's own encoding is.
    parameters.put("client_encoding", "UTF8");
    return upstream.with(parameters);
  }

  private static Assembly.Session session(List<List<Value>> rows) {
    List<Value> row = only(rows);
    int major = Integer.parseInt(text(row, 1)) / MAJOR;
    if (major < OLDEST_MAJOR) {
      throw new IllegalArgumentException("PostgreSQL " + major + " is older than 14");
    }
    return new Assembly.Session(text(row, 0), major, text(row, 2), text(row, 3));
  }

  private static Reading reading(Rows rows, Assembly.Session session, boolean reported) {
    Sections sections = Sections.of(rows.rows());
    Row marker = sections.only("marker");
    return new Reading(
        new Assembly(sections).content(session),
        new Marker(marker.text(0), marker.text(1), reported),
        marker.yes(2));
  }

  private static Look look(List<List<Value>> rows, Marker known) {
    List<Value> row = only(rows);
    boolean reporter = Boolean.parseBoolean(text(row, 2));
    boolean same = row.get(1) instanceof Value.Null || text(row, 1).equals(known.marker());
    // An event trigger that came or went decides what the next marker is.
    return same && reporter == known.reported()
        ? new Unchanged(text(row, 0))
        : new Changed(reporter);
  }

  private static List<Value> only(List<List<Value>> rows) {
    if (rows.size() != 1) {
      throw new IllegalArgumentException("not one row");
    }
    return rows.getFirst();
  }

  private static String text(List<Value> row, int index) {
    if (index < row.size() && row.get(index) instanceof Value.Text field) {
      return field.value();
    }
    throw new IllegalArgumentException("no text in column " + index);
  }

  /** Why a reading gave nothing, in words for the operator. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof java.util.concurrent.CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case UpstreamException upstream -> String.valueOf(upstream.getMessage());
      // Its message would quote what was read.
      case NumberFormatException _ -> "its catalog was not understood: not a number";
      case IllegalArgumentException unreadable ->
          "its catalog was not understood: " + unreadable.getMessage();
      default -> "its catalog was not understood: " + cause.getClass().getSimpleName();
    };
  }
}

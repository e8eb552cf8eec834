package io.gatehouse.appliance.scan;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at one database, table after table, through connections that can only read, one at a time.
 */
public final class TargetScan {
  /** As much time as one table may take of the server. */
  private static final Duration EACH = Duration.ofSeconds(10);

  /** As long as the whole may take. */
  private static final Duration ALL = Duration.ofMinutes(15);

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final UpstreamPort port;
  private final Upstream upstream;
  private final Catalog catalog;
  private final Bounds bounds;
  private final Scan scan = new Scan();

  /**
   * @param rows the most of each table
   * @param catalogRows the most columns of the database
   */
  public record Bounds(int rows, int catalogRows) {}

  /** The columns of the database were not told; the message says why. */
  public static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }

  private TargetScan(UpstreamPort port, Upstream upstream, Catalog catalog, Bounds bounds) {
    this.port = port;
    this.upstream = upstream;
    this.catalog = catalog;
    this.bounds = bounds;
  }

  /** Waits for the target, so never on an event loop. */
  public static Scan run(UpstreamPort port, Upstream upstream, Catalog catalog, Bounds bounds)
      throws FailedException {
    return new TargetScan(port, reading(upstream), catalog, bounds).run();
  }

  private static Upstream reading(Upstream upstream) {
    Map<String, String> parameters = new HashMap<>(upstream.parameters());
    parameters.put("search_path", "pg_catalog, pg_temp");
    parameters.put("client_encoding", "UTF8");
    parameters.put("default_transaction_read_only", "on");
    parameters.put("statement_timeout", String.valueOf(EACH.toMillis()));
    return new Upstream(
        upstream.target(),
        upstream.endpoint(),
        upstream.credential(),
        upstream.database(),
        upstream.role(),
        parameters);
  }

  private Scan run() throws FailedException {
    long end = System.nanoTime() + ALL.toNanos();
    for (Table table : tables()) {
      Map<String, Seen> seen = new HashMap<>();
      if (System.nanoTime() - end > 0) {
        scan.skipped(table.path(), "the time for the whole was up");
      } else if (runsCode(table)) {
        scan.skipped(table.path(), "reading it runs code that nobody reviewed");
      } else {
        look(table, seen);
      }
      scan.add(table, proposals(table, seen));
    }
    return scan;
  }

  private boolean runsCode(Table table) {
    Relation relation = catalog.relation(table.schema(), table.name());
    return relation == null || relation.codeOnRead();
  }

  private List<Proposal> proposals(Table table, Map<String, Seen> seen) {
    List<Proposal> proposals = new ArrayList<>();
    for (Table.Column column : table.columns()) {
      List<Proposal> some =
          Proposal.of(table, column, seen.getOrDefault(column.name(), new Seen()));
      if (!some.isEmpty() && !PolicyName.possible(table.schema() + table.name() + column.name())) {
        scan.skipped(some.getFirst().column(), "no policy can name it");
      } else {
        proposals.addAll(some);
      }
    }
    return proposals;
  }

  private void look(Table table, Map<String, Seen> seen) {
    for (List<String> columns : SampleQuery.portions(table.textual())) {
      try {
        Rows rows = ask(SampleQuery.of(table, columns, bounds.rows()), bounds.rows());
        for (List<Value> row : rows.rows()) {
          for (int i = 0; i < columns.size(); i++) {
            if (row.get(i) instanceof Value.Text text) {
              seen.computeIfAbsent(columns.get(i), _ -> new Seen()).add(text.value());
            }
          }
        }
      } catch (FailedException e) {
        scan.skipped(table.path(), String.valueOf(e.getMessage()));
        return;
      }
    }
  }

  private List<Table> tables() throws FailedException {
    Map<List<String>, List<List<Value>>> byTable = new LinkedHashMap<>();
    for (List<Value> row : ask(SampleQuery.columns(), bounds.catalogRows()).rows()) {
      byTable.computeIfAbsent(List.of(text(row, 0), text(row, 1)), _ -> new ArrayList<>()).add(row);
    }
    List<Table> tables = new ArrayList<>();
    byTable.forEach(
        (name, rows) ->
            tables.add(
                new Table(
                    name.getFirst(),
                    name.getLast(),
                    Long.parseLong(text(rows.getFirst(), 4)),
                    rows.stream()
                        .map(row -> new Table.Column(text(row, 2), text(row, 3).equals("true")))
                        .toList())));
    return tables;
  }

  private static String text(List<Value> row, int index) {
    if (row.get(index) instanceof Value.Text field) {
      return field.value();
    }
    throw new IllegalArgumentException("no text in column " + index);
  }

  private Rows ask(String sql, int maxRows) throws FailedException {
    Duration patience = EACH.plus(GRACE);
    try {
      return port.run(upstream, new Statement(sql, maxRows, patience))
          .toCompletableFuture()
          .get(patience.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FailedException(String.valueOf(cause.getMessage()));
    } catch (TimeoutException e) {
      throw new FailedException("the target did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted");
    }
  }
}

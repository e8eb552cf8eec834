package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.catalog.CatalogSource;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads catalogs of MySQL and MariaDB and their markers through the gate's own connections.
 * Thread-safe; rows are put together on the executor, never on the connection's event loop.
 *
 * <p>The server does not read its metadata in one moment, so what was read counts only if the
 * fingerprint that the server makes of the same rows afterwards is that of the rows.
 */
public final class MysqlCatalogReader implements CatalogSource {
  /** Definitions come that often only while something is rolled out. */
  private static final int ATTEMPTS = 5;

  private final UpstreamPort port;
  private final Executor executor;
  private final int maxRows;
  private final Duration time;

  /**
   * @param maxRows a catalog with more rows is not read: see docs/catalog.md
   * @param time each statement, connecting included
   */
  public MysqlCatalogReader(UpstreamPort port, Executor executor, int maxRows, Duration time) {
    this.port = port;
    this.executor = executor;
    this.maxRows = maxRows;
    this.time = time;
  }

  /** What a server is asked for, which is the same at each look. */
  private record Question(Server server, List<Section> sections) {}

  /** A picture, or none because definitions came while it was taken. */
  private record Taken(Picture picture, boolean steady) {}

  @Override
  public CompletionStage<Reading> read(Upstream upstream, boolean reported) {
    return question(upstream)
        .thenCompose(
            question ->
                steady(upstream, question.sections(), ATTEMPTS)
                    .thenApplyAsync(picture -> reading(picture, question.server()), executor));
  }

  private CompletionStage<Question> question(Upstream upstream) {
    return port.run(whole(upstream), new Statement(Statements.SESSION, 1, time))
        .thenApplyAsync(rows -> server(only(rows)), executor)
        .thenCompose(
            server ->
                listsLoadable(upstream, server)
                    .thenApply(
                        listed ->
                            new Question(
                                server, Section.of(server.flavour(), server.version(), listed))));
  }

  /** A server that answers otherwise than by refusing this will not give the rest either. */
  private CompletionStage<Boolean> listsLoadable(Upstream upstream, Server server) {
    String fingerprint = Statements.fingerprint(List.of(Section.loadable(server.flavour())));
    return port.run(whole(upstream), new Statement(fingerprint, 1, time))
        .handle((_, failed) -> failed == null);
  }

  private CompletionStage<Picture> steady(Upstream upstream, List<Section> sections, int attempts) {
    return take(upstream, sections)
        .thenCompose(
            taken -> {
              if (taken.steady()) {
                return CompletableFuture.completedFuture(taken.picture());
              }
              if (attempts == 1) {
                throw new IllegalArgumentException("definitions change faster than it is read");
              }
              return steady(upstream, sections, attempts - 1);
            });
  }

  private CompletionStage<Taken> take(Upstream upstream, List<Section> sections) {
    return port.run(whole(upstream), new Statement(Statements.catalog(sections), maxRows, time))
        .thenApplyAsync(rows -> Picture.of(rows.rows()), executor)
        .thenCompose(
            picture ->
                fingerprint(upstream, sections)
                    .thenApply(found -> new Taken(picture, found.equals(picture.fingerprint()))));
  }

  private CompletionStage<String> fingerprint(Upstream upstream, List<Section> sections) {
    return port.run(whole(upstream), new Statement(Statements.fingerprint(sections), 1, time))
        .thenApply(rows -> Picture.required(only(rows).getFirst()));
  }

  @Override
  public CompletionStage<Look> look(Upstream upstream, Marker known) {
    return question(upstream)
        .thenCompose(
            question ->
                fingerprint(upstream, question.sections())
                    .thenApply(
                        found ->
                            known.marker().equals(marker(question.server(), found))
                                ? new Unchanged("")
                                : new Changed(false)));
  }

  @Override
  public boolean wholeServer(String target) {
    return true;
  }

  /** A database that is gone must not keep the others from being read. */
  private static Upstream whole(Upstream upstream) {
    return new Upstream(
        upstream.target(),
        upstream.endpoint(),
        upstream.credential(),
        "",
        upstream.role(),
        upstream.parameters());
  }

  private static Reading reading(Picture picture, Server server) {
    return new Reading(
        new MysqlAssembly(picture, server).content(),
        new Marker("", marker(server, picture.fingerprint()), false),
        false);
  }

  /** Another server at the same place is another catalog. */
  private static String marker(Server server, String fingerprint) {
    return server + " " + fingerprint;
  }

  private static Server server(List<Value> row) {
    return Server.of(
        Picture.required(row.get(0)), Picture.required(row.get(1)), Picture.required(row.get(2)));
  }

  private static List<Value> only(Rows rows) {
    if (rows.rows().size() != 1) {
      throw new IllegalArgumentException("not one row");
    }
    return rows.rows().getFirst();
  }
}

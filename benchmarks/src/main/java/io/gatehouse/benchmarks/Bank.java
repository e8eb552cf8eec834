package io.gatehouse.benchmarks;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogReader;
import io.gatehouse.appliance.catalog.LiveCatalogs;
import io.gatehouse.postgres.PostgresProtocol;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Transport;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The catalog of the demo's bank beside what else a database of some age holds: 1,000 tables of
 * twelve columns with their indexes, 100 views and 100 functions.
 */
final class Bank {
  static final Upstream PLACE =
      new Upstream(
          "bank",
          new Upstream.Tcp("127.0.0.1", 0, null),
          new Credential("gate", null),
          "bank",
          null,
          Map.of());

  private static final String OTHERS =
      """
      create schema estate;
      do $$
      begin
        for i in 1..1000 loop
          execute format('create table estate.t%s (id bigint primary key, a int, b text, c date,'
            ' d numeric(14,2), e boolean, f timestamptz, g text[], h uuid, i int, j text,'
            ' k bigint unique)', i);
        end loop;
        for i in 1..100 loop
          execute format('create view estate.v%s as select x.id, y.b from estate.t%s x'
            ' join estate.t%s y on x.k = y.id', i, i, i + 500);
          execute format('create function estate.f%s(int) returns int language plpgsql as'
            ' ''begin return $1 + 1; end''', i);
        end loop;
      end $$;
      """;
  private static final Duration TIME = Duration.ofSeconds(60);

  private Bank() {}

  /**
   * Read from a real server, which is gone afterwards.
   *
   * @param repository where the sources are
   */
  static Catalog catalog(Path repository) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      run(server, "postgres", "create role gate login superuser");
      run(server, "postgres", "create database bank");
      run(server, "bank", resource("/io/gatehouse/appliance/demo/bank.sql"));
      Path test = repository.resolve("appliance/src/test");
      run(server, "bank", Files.readString(test.resolve("sh/sql/collect.d/objects.sql")));
      run(server, "bank", OTHERS);
      return read(server.getPort());
    }
  }

  private static Catalog read(int port) throws Exception {
    Transport transport = new Transport(1);
    PostgresProtocol protocol =
        new PostgresProtocol(
            transport,
            (arrival, control) -> {
              throw new IllegalStateException("nobody connects to this gate");
            },
            Limits.DEFAULTS,
            Meters.NONE);
    LiveCatalogs catalogs =
        new LiveCatalogs(
            new CatalogReader(protocol, transport.computing(), 1_000_000, TIME),
            new LiveCatalogs.Settings(TIME, TIME, TIME, 1),
            System::nanoTime,
            (delay, task) ->
                CompletableFuture.delayedExecutor(delay.toSeconds(), TimeUnit.SECONDS)
                    .execute(task));
    try (transport) {
      Upstream.Tcp endpoint = new Upstream.Tcp("127.0.0.1", port, null);
      return catalogs
          .fresh(new Upstream(PLACE.target(), endpoint, PLACE.credential(), "bank", null, Map.of()))
          .toCompletableFuture()
          .get(TIME.toSeconds(), TimeUnit.SECONDS);
    } finally {
      catalogs.close();
    }
  }

  private static void run(EmbeddedPostgres server, String database, String sql)
      throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream content = Catalog.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IOException(name + " is missing");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

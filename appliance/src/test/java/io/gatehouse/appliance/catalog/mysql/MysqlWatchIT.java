package io.gatehouse.appliance.catalog.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.catalog.HandClock;
import io.gatehouse.appliance.catalog.LiveCatalogs;
import io.gatehouse.appliance.catalog.QualifiedName;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class MysqlWatchIT {
  private static final Duration WATCH = Duration.ofSeconds(5);

  private final HandClock clock = new HandClock();

  private LiveCatalogs catalogs(UpstreamPort port) {
    return new LiveCatalogs(
        MysqlEstate.reader(port),
        new LiveCatalogs.Settings(WATCH, Duration.ofHours(1), Duration.ofHours(2), 3),
        clock::nanoTime,
        clock);
  }

  /** One after the other, each as a change of its own. */
  private static final List<String> DEFINITIONS =
      List.of(
          "CREATE TABLE watched.t (a INT, b INT)",
          "ALTER TABLE watched.t RENAME COLUMN b TO c",
          "ALTER TABLE watched.t ADD UNIQUE KEY u (a, c)",
          "CREATE VIEW watched.v AS SELECT a FROM watched.t",
          "CREATE OR REPLACE VIEW watched.v AS SELECT c AS a FROM watched.t",
          "CREATE TRIGGER watched.tr BEFORE INSERT ON watched.t FOR EACH ROW SET NEW.a = 1",
          "CREATE PROCEDURE watched.p () SELECT 1",
          "DROP PROCEDURE watched.p",
          "CREATE PROCEDURE watched.p () SELECT 2",
          "CREATE TABLE watched.s (a INT, FOREIGN KEY k (a) REFERENCES watched.t (a))",
          "RENAME TABLE watched.s TO watched.moved",
          "DROP VIEW watched.v",
          "CREATE DATABASE watched_too",
          "DROP DATABASE watched_too");

  @ParameterizedTest
  @EnumSource
  void everyDefinitionElsewhere_isFoundByTheNextLook(Flavour flavour) {
    try (MysqlEstate estate = new MysqlEstate(flavour, "watched")) {
      MysqlCatalogReader reader = MysqlEstate.reader(MysqlEstate.port());
      var reading = MysqlEstate.join(reader.read(estate.upstream(), false));
      for (String definition : DEFINITIONS) {
        var unchanged = MysqlEstate.join(reader.look(estate.upstream(), reading.marker()));
        assertThat(unchanged).as("before %s", definition).isEqualTo(same());
        estate.run(definition);
        assertThat(MysqlEstate.join(reader.look(estate.upstream(), reading.marker())))
            .as(definition)
            .isNotEqualTo(same());
        reading = MysqlEstate.join(reader.read(estate.upstream(), false));
      }
    }
  }

  private static Object same() {
    return new io.gatehouse.appliance.catalog.CatalogSource.Unchanged("");
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatComeAndGo_changeNothing(Flavour flavour) {
    try (MysqlEstate estate = new MysqlEstate(flavour, "watched")) {
      estate.run("CREATE TABLE watched.t (id INT AUTO_INCREMENT PRIMARY KEY, b INT)");
      MysqlCatalogReader reader = MysqlEstate.reader(MysqlEstate.port());
      var reading = MysqlEstate.join(reader.read(estate.upstream(), false));

      estate.run(
          "INSERT INTO watched.t (b) VALUES (1), (2)",
          "ANALYZE TABLE watched.t",
          "TRUNCATE watched.t",
          "CREATE TEMPORARY TABLE watched.t (x INT)");

      assertThat(MysqlEstate.join(reader.look(estate.upstream(), reading.marker())))
          .isEqualTo(same());
    }
  }

  @ParameterizedTest
  @EnumSource
  void allDatabasesOfATarget_haveOneCatalog(Flavour flavour) {
    try (MysqlEstate estate = new MysqlEstate(flavour, "watched", "beside")) {
      LiveCatalogs catalogs = catalogs(MysqlEstate.port());
      CatalogKey beside = new CatalogKey("real", "beside");
      assertThat(catalogs.whyNone(beside)).contains("the catalog of target \"real\"");
      MysqlEstate.join(catalogs.fresh(estate.upstream()));
      Catalog known = Objects.requireNonNull(catalogs.current(beside));

      catalogs.ddlBegan(
          CatalogKey.of(estate.upstream()), Set.of(new QualifiedName("beside", "t")), 1);

      assertThat(known.hasSchema("beside")).isTrue();
      assertThat(catalogs.pending(beside, "beside", "t")).isTrue();
      estate.run("CREATE TABLE beside.t (a INT)");
      catalogs.ddlEnded(CatalogKey.of(estate.upstream()), 1, true);
      await().until(() -> !catalogs.pending(beside, "beside", "t"));
      Catalog after = Objects.requireNonNull(catalogs.current(beside));
      assertThat(after.relation("beside", "t")).isNotNull();
      catalogs.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theWatch_bringsANewCatalog(Flavour flavour) {
    try (MysqlEstate estate = new MysqlEstate(flavour, "watched")) {
      LiveCatalogs catalogs = catalogs(MysqlEstate.port());
      CatalogKey key = CatalogKey.of(estate.upstream());
      MysqlEstate.join(catalogs.fresh(estate.upstream()));
      estate.run("CREATE TABLE watched.t (a INT)");

      await()
          .until(
              () -> {
                clock.advance(WATCH);
                Catalog catalog = catalogs.current(key);
                return catalog != null && catalog.relation("watched", "t") != null;
              });
      assertThat(catalogs.reported(key)).isFalse();
      catalogs.close();
    }
  }

  /** Runs a statement behind each reading of everything, before its rows are given. */
  private static UpstreamPort disturbed(Runnable definition) {
    return new UpstreamPort() {
      @Override
      public CompletionStage<Rows> run(Upstream upstream, Statement statement) {
        CompletionStage<Rows> rows = MysqlEstate.port().run(upstream, statement);
        return statement.maxRows() == 1
            ? rows
            : rows.thenApplyAsync(
                found -> {
                  definition.run();
                  return found;
                });
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void aPictureThatADefinitionCameInto_isTakenAgain(Flavour flavour) {
    try (MysqlEstate estate = new MysqlEstate(flavour, "watched")) {
      estate.run("CREATE TABLE watched.before (a INT)");
      AtomicInteger times = new AtomicInteger();
      MysqlCatalogReader reader =
          MysqlEstate.reader(
              disturbed(
                  () -> {
                    if (times.incrementAndGet() == 1) {
                      estate.run("RENAME TABLE watched.before TO watched.behind");
                    }
                  }));

      Catalog catalog =
          new Catalog(1, MysqlEstate.join(reader.read(estate.upstream(), false)).content());

      assertThat(times).hasValue(2);
      assertThat(catalog.relation("watched", "before")).isNull();
      assertThat(catalog.relation("watched", "behind")).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereDefinitionsNeverEnd_nothingIsRead(Flavour flavour) {
    try (MysqlEstate estate = new MysqlEstate(flavour, "watched")) {
      AtomicInteger times = new AtomicInteger();
      MysqlCatalogReader reader =
          MysqlEstate.reader(
              disturbed(
                  () ->
                      estate.run("CREATE TABLE watched.t" + times.incrementAndGet() + " (a INT)")));
      var reading = reader.read(estate.upstream(), false);

      assertThatThrownBy(() -> MysqlEstate.join(reading))
          .hasMessageContaining("definitions change faster");
    }
  }

  /** Either of the two names, never both nor none: so says the server itself of a rename. */
  @ParameterizedTest
  @EnumSource
  void whileDefinitionsCome_everyPictureIsOneThatWasThere(Flavour flavour) {
    try (MysqlEstate estate = new MysqlEstate(flavour, "watched")) {
      estate.run("CREATE TABLE watched.a (x INT)");
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Integer> definitions =
          CompletableFuture.supplyAsync(
              () -> {
                int count = 0;
                while (!enough.get()) {
                  estate.run(
                      "RENAME TABLE watched.a TO watched.b", "RENAME TABLE watched.b TO watched.a");
                  count++;
                }
                return count;
              });
      MysqlCatalogReader reader = MysqlEstate.reader(MysqlEstate.port());
      for (int i = 0; i < 10; i++) {
        reader
            .read(estate.upstream(), false)
            .thenAccept(
                reading -> {
                  Catalog catalog = new Catalog(1, reading.content());
                  assertThat(catalog.relation("watched", "a") == null)
                      .isNotEqualTo(catalog.relation("watched", "b") == null);
                })
            .handle(
                (_, failed) -> {
                  assertThat(failed == null || failed.toString().contains("definitions change"))
                      .as("%s", failed)
                      .isTrue();
                  return 0;
                })
            .toCompletableFuture()
            .join();
      }
      enough.set(true);
      assertThat(definitions.join()).isPositive();
    }
  }
}

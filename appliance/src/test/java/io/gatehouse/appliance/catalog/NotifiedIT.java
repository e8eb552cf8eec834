package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event trigger's notification makes the gate look at once; nobody moves the watch here. */
final class NotifiedIT {
  private static final Duration NEVER = Duration.ofDays(30);

  private final CatalogServer server = CatalogServer.empty();
  private final CatalogKey key = CatalogKey.of(server.upstream());
  private final HandClock clock = new HandClock();
  private final Line line = new Line(CatalogServer.port());
  private final LiveCatalogs catalogs =
      new LiveCatalogs(
          CatalogServer.reader(line),
          CatalogServer.notifications(),
          new LiveCatalogs.Settings(NEVER, NEVER, NEVER, 3),
          clock::nanoTime,
          clock);

  @BeforeEach
  void installAndRead() {
    server.run(CatalogServer.resource("event-trigger.sql"));
    CatalogServer.join(catalogs.fresh(server.upstream()));
    await().until(() -> catalogs.reported(key));
    await().until(() -> listeners().size() == 1);
    settle();
  }

  @AfterEach
  void close() {
    catalogs.close();
    await().until(() -> listeners().isEmpty());
  }

  /** The backends whose last statement was to listen. */
  private List<String> listeners() {
    return server.list(
        "select pid from pg_stat_activity where query = 'LISTEN gatehouse_catalog'"
            + " and datname = current_database()");
  }

  /** What is due by now: a distance between two looks, no more. */
  private void soon() {
    clock.advance(Prompts.DISTANCE);
  }

  private boolean knows(String table) {
    Catalog catalog = catalogs.current(key);
    return catalog != null && catalog.relation("public", table) != null;
  }

  /** The look that listening begins with is over. */
  private void settle() {
    int before = line.statements();
    await()
        .until(
            () -> {
              soon();
              return line.statements() > before;
            });
  }

  private void awaitKnown(String table) {
    await()
        .until(
            () -> {
              soon();
              return knows(table);
            });
  }

  @Test
  void definitionOutside_isKnownWithoutTheWatch() {
    server.run("create table outside (a int)");

    awaitKnown("outside");
    assertThat(clock.nanoTime()).isLessThan(Duration.ofHours(1).toNanos());
  }

  @Test
  void definitionRolledBack_isNoReasonToLook() throws SQLException {
    int before = line.statements();
    try (Connection session = server.connect();
        Statement statement = session.createStatement()) {
      session.setAutoCommit(false);
      statement.execute("create table undone (a int)");
      session.rollback();
      session.setAutoCommit(true);
      statement.execute("notify gatehouse_catalog, 'the one after it'");
    }
    await()
        .until(
            () -> {
              soon();
              return line.statements() > before;
            });
    assertThat(catalogs.counts("real").notifications()).isEqualTo(2);
    assertThat(line.statements()).as("looks").isEqualTo(before + 1);
  }

  @Test
  void floodOfNotifications_looksKeepTheirDistance() throws SQLException {
    int before = line.statements();
    long heard = catalogs.counts("real").notifications();
    try (Connection session = server.connect();
        Statement statement = session.createStatement()) {
      for (int i = 0; i < 500; i++) {
        statement.execute("notify gatehouse_catalog, '" + i + "'");
      }
    }
    await().until(() -> catalogs.counts("real").notifications() >= heard + 500);

    soon();

    await().until(() -> line.statements() > before);
    assertThat(line.statements()).as("looks of the flood").isEqualTo(before + 1);
    server.run("create table after_it (a int)");
    awaitKnown("after_it");
  }

  @Test
  void definitionWhileAReadingRuns_isLookedForAfterIt() {
    line.hold();
    var reading = catalogs.fresh(server.upstream());
    server.run("create table meanwhile (a int)");
    long heard = catalogs.counts("real").notifications();
    await().until(() -> catalogs.counts("real").notifications() >= heard);
    soon();
    line.release();
    CatalogServer.join(reading);

    awaitKnown("meanwhile");
  }

  @Test
  void connectionKilled_isMadeAgainAndWhatWasMissedIsFound() {
    String first = listeners().getFirst();
    server.run("select pg_terminate_backend(" + first + ")");
    await().until(() -> !listeners().contains(first));
    server.run("create table missed (a int)");

    await()
        .until(
            () -> {
              clock.advance(Hearing.SHORTEST_PAUSE);
              return knows("missed");
            });

    assertThat(listeners()).hasSize(1).doesNotContain(first);
    server.run("create table heard (a int)");
    awaitKnown("heard");
  }

  @Test
  void triggerGone_nobodyListensAnyMore() {
    server.run("drop schema gatehouse cascade");

    CatalogServer.join(catalogs.fresh(server.upstream()));

    await().until(() -> listeners().isEmpty());
    assertThat(catalogs.reported(key)).isFalse();
  }

  @Test
  void databaseThatNobodyUses_isListenedToNoLonger() {
    clock.advance(NEVER.multipliedBy(2));

    await().until(() -> listeners().isEmpty());
    assertThat(catalogs.current(key)).isNull();
  }

  @Test
  void withoutTheTrigger_nobodyListens() {
    CatalogServer plain = CatalogServer.empty();
    CatalogServer.join(catalogs.fresh(plain.upstream()));

    assertThat(
            plain.list(
                "select pid from pg_stat_activity where query like 'LISTEN%'"
                    + " and datname = current_database()"))
        .isEmpty();
  }
}

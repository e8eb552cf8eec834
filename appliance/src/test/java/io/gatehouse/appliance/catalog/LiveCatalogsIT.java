package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveCatalogsIT {
  private static final Duration WATCH = Duration.ofSeconds(5);
  private static final Duration REFRESH = Duration.ofMinutes(10);
  private static final Duration MAX_AGE = Duration.ofMinutes(30);

  private final CatalogServer server = CatalogServer.empty();
  private final CatalogKey key = CatalogKey.of(server.upstream());
  private final HandClock clock = new HandClock();
  private final Line line = new Line(CatalogServer.port());
  private final List<Long> told = Collections.synchronizedList(new ArrayList<>());
  private final LiveCatalogs catalogs =
      new LiveCatalogs(
          CatalogServer.reader(line),
          new LiveCatalogs.Settings(WATCH, REFRESH, MAX_AGE, 3),
          clock::nanoTime,
          clock);

  @AfterEach
  void close() {
    line.release();
    catalogs.close();
  }

  private Catalog fresh() {
    return CatalogServer.join(catalogs.fresh(server.upstream()));
  }

  private boolean knows(String table) {
    Catalog catalog = catalogs.current(key);
    return catalog != null && catalog.relation("public", table) != null;
  }

  private void awaitKnown(String table) {
    await().until(() -> knows(table));
  }

  @Test
  void before_the_first_reading_there_is_none_and_everything_is_pending() {
    assertThat(catalogs.current(key)).isNull();
    assertThat(catalogs.version(key)).isZero();
    assertThat(catalogs.pending(key, "public", "t")).isTrue();
    assertThat(catalogs.whyNone(key)).contains(server.name());
  }

  @Test
  void the_same_content_keeps_its_version_and_another_one_gets_a_new_one() {
    catalogs.listen((_, catalog) -> told.add(catalog.version()));
    Catalog first = fresh();
    assertThat(fresh().version()).isEqualTo(first.version());
    server.run("create table t (a int)");
    Catalog second = fresh();
    assertThat(second.version()).isGreaterThan(first.version());
    assertThat(catalogs.version(key)).isEqualTo(second.version());
    assertThat(told).containsExactly(first.version(), second.version());
  }

  @Test
  void calls_that_come_while_a_reading_runs_share_the_one_after_it() {
    line.hold();
    CompletionStage<Catalog> first = catalogs.fresh(server.upstream());
    List<CompletionStage<Catalog>> later = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      later.add(catalogs.fresh(server.upstream()));
    }
    line.release();
    CatalogServer.join(first);
    later.forEach(CatalogServer::join);
    assertThat(line.statements()).as("two statements a reading").isEqualTo(4);
  }

  /** It may have seen the database as it was before. */
  @Test
  void a_reading_that_began_before_all_was_forgotten_does_not_count() {
    fresh();
    int before = line.statements();
    line.holdFrom(before + 2);
    CompletionStage<Catalog> early = catalogs.fresh(server.upstream());
    await().until(() -> line.statements() == before + 2);
    server.run("create table changed (a int)");
    catalogs.forget();

    line.releaseUntil(before + 3);
    await().until(() -> line.statements() == before + 3);
    assertThat(catalogs.current(key)).isNull();
    assertThat(early.toCompletableFuture()).isNotDone();

    line.release();
    assertThat(CatalogServer.join(early).relation("public", "changed")).isNotNull();
    assertThat(knows("changed")).isTrue();
    assertThat(line.statements()).as("one reading for all who wait").isEqualTo(before + 4);
  }

  @Test
  void the_watch_finds_what_was_defined_outside_and_leaves_alone_what_was_not() {
    fresh();
    long version = catalogs.version(key);
    int before = line.statements();
    clock.advance(WATCH);
    await().until(() -> line.statements() == before + 1);
    assertThat(catalogs.version(key)).isEqualTo(version);
    server.run("create table outside (a int)");
    await()
        .until(
            () -> {
              clock.advance(WATCH);
              return knows("outside");
            });
    assertThat(catalogs.version(key)).isGreaterThan(version);
  }

  @Test
  void the_watch_finds_every_sort_of_change() {
    server.run(
        """
        create table t (a int, b varchar(10)); create table u (a int);
        create table w (a int); create view v as select 1;
        create function f() returns int language sql as 'select 1';
        create type e as (a int); create type n as enum ('one', 'two')
        """);
    fresh();
    for (String change :
        List.of(
            "alter table t rename column a to c",
            "alter table t alter column b type text",
            "alter table t alter column c set default 1",
            "alter table t add check (c > 0)",
            "alter table u inherit w",
            "create or replace view v as select 2",
            "create or replace function f() returns int language sql as 'select 2'",
            "alter function f() security definer",
            "create policy p on t using (true)",
            "alter type e add attribute b int",
            "alter type n add value 'three'",
            "alter type n rename value 'two' to 'zwei'",
            "create rule r as on insert to u do also select 1",
            "create operator @@@@ (leftarg = int, rightarg = int, function = int4pl)",
            "create cast (e as text) with inout as assignment",
            "create schema s",
            "create index on t (c)",
            "alter role gate in database " + server.name() + " set search_path = s",
            "create extension citext",
            "alter extension citext drop function citext_eq(citext, citext)",
            "drop table u")) {
      int before = line.statements();
      server.run(change);
      clock.advance(WATCH);
      await(change).until(() -> line.statements() >= before + 3);
      fresh();
    }
  }

  @Test
  void temporary_tables_of_others_are_no_change() throws SQLException {
    fresh();
    int before = line.statements();
    try (Connection session = server.connect();
        Statement statement = session.createStatement()) {
      statement.execute("create temporary table passing (a serial primary key, b text)");
      statement.execute("create type pg_temp.passed as enum ('one', 'two')");
      clock.advance(WATCH);
      await().until(() -> line.statements() == before + 1);
      clock.advance(WATCH);
      await().until(() -> line.statements() == before + 2);
    }
  }

  @Test
  void what_is_not_committed_is_seen_when_it_is() throws SQLException {
    fresh();
    try (Connection session = server.connect();
        Statement statement = session.createStatement()) {
      session.setAutoCommit(false);
      statement.execute("create table late (a int)");
      int before = line.statements();
      clock.advance(WATCH);
      await().until(() -> line.statements() > before);
      fresh();
      assertThat(knows("late")).isFalse();
      session.commit();
    }
    clock.advance(WATCH);
    awaitKnown("late");
  }

  @Test
  void a_line_that_is_cut_keeps_the_old_one_until_it_is_too_old() {
    Catalog catalog = fresh();
    line.cut(true);
    assertThatThrownBy(this::fresh).hasMessageContaining("the line is cut");
    assertThat(catalogs.current(key)).isSameAs(catalog);
    assertThat(catalogs.whyNone(key)).isEmpty();
    for (int i = 0; i < 6; i++) {
      clock.advance(MAX_AGE.dividedBy(6));
      catalogs.current(key);
    }
    assertThat(catalogs.current(key)).as("at its maximum age").isSameAs(catalog);
    clock.advance(Duration.ofSeconds(1));
    assertThat(catalogs.current(key)).isNull();
    assertThat(catalogs.version(key)).isZero();
    assertThat(catalogs.whyNone(key)).contains(server.name()).contains("the line is cut");
    line.cut(false);
    assertThat(fresh().version()).as("same content").isEqualTo(catalog.version());
    assertThat(catalogs.current(key)).isNotNull();
  }

  @Test
  void a_look_that_finds_no_change_confirms() {
    LiveCatalogs watched =
        new LiveCatalogs(
            CatalogServer.reader(line),
            new LiveCatalogs.Settings(WATCH, MAX_AGE.multipliedBy(100), MAX_AGE, 1),
            clock::nanoTime,
            clock);
    long version = CatalogServer.join(watched.fresh(server.upstream())).version();
    int reading = line.statements();
    for (int look = 1; look <= 12; look++) {
      int wanted = reading + look;
      clock.advance(MAX_AGE.dividedBy(6).minus(WATCH));
      await()
          .until(
              () -> {
                clock.advance(WATCH);
                return line.statements() >= wanted;
              });
      assertThat(watched.version(key)).isEqualTo(version);
    }
    watched.close();
  }

  @Test
  void one_that_nobody_asks_for_is_forgotten() {
    fresh();
    clock.advance(MAX_AGE.plus(REFRESH));
    int before = line.statements();
    clock.advance(REFRESH);
    assertThat(line.statements()).isEqualTo(before);
    assertThat(catalogs.current(key)).isNull();
  }

  @Test
  void more_databases_than_the_bound_are_refused() {
    for (int i = 0; i < 3; i++) {
      CatalogServer.join(catalogs.fresh(CatalogServer.empty().upstream()));
    }
    assertThatThrownBy(this::fresh).hasMessageContaining("3 databases");
  }

  @Test
  void names_that_a_definition_touches_are_pending_until_a_reading_that_began_after_it() {
    server.run("create table t (a int); create view v as select a from t; create table u (a int)");
    fresh();
    QualifiedName table = new QualifiedName("public", "t");
    catalogs.ddlBegan(key, Set.of(table), 7);
    assertThat(catalogs.pending(key, "public", "t")).isTrue();
    assertThat(catalogs.pending(key, "public", "v")).as("rests on it").isTrue();
    assertThat(catalogs.pending(key, "public", "u")).isFalse();
    fresh();
    assertThat(catalogs.pending(key, "public", "t")).as("still running").isTrue();

    server.run("alter table t add column b int");
    line.hold();
    catalogs.ddlEnded(key, 7, true);
    assertThat(catalogs.pending(key, "public", "t")).as("not read yet").isTrue();
    line.release();
    await().until(() -> !catalogs.pending(key, "public", "t"));
    Relation read =
        Objects.requireNonNull(
            Objects.requireNonNull(catalogs.current(key)).relation("public", "t"));
    assertThat(read.columns()).containsExactly("a", "b");
  }

  @Test
  void a_reading_that_began_before_the_end_of_a_definition_does_not_settle_it() {
    fresh();
    catalogs.ddlBegan(key, Set.of(new QualifiedName("public", "t")), 1);
    line.hold();
    CompletionStage<Catalog> before = catalogs.fresh(server.upstream());
    server.run("create table t (a int)");
    catalogs.ddlEnded(key, 1, true);
    CompletionStage<Catalog> after = catalogs.fresh(server.upstream());
    line.release();
    CatalogServer.join(before);
    CatalogServer.join(after);
    assertThat(catalogs.pending(key, "public", "t")).isFalse();
    assertThat(knows("t")).isTrue();
  }

  @Test
  void a_definition_that_failed_is_forgotten_at_once() {
    fresh();
    catalogs.ddlBegan(key, Set.of(new QualifiedName("public", "t")), 1);
    catalogs.ddlEnded(key, 1, false);
    assertThat(catalogs.pending(key, "public", "t")).isFalse();
  }

  @Test
  void a_definition_of_something_unknown_makes_everything_pending() {
    fresh();
    catalogs.ddlBegan(key, Set.of(), 1);
    assertThat(catalogs.pending(key, "pg_catalog", "pg_class")).isTrue();
    catalogs.ddlEnded(key, 1, true);
    await().until(() -> !catalogs.pending(key, "pg_catalog", "pg_class"));
  }

  @Test
  void a_definition_of_a_type_makes_everything_pending() {
    server.run("create domain d as int; create table t (a d)");
    fresh();
    catalogs.ddlBegan(key, Set.of(new QualifiedName("public", "d")), 1);
    assertThat(catalogs.pending(key, "public", "t")).isTrue();
  }

  @Test
  void the_event_trigger_is_relied_on_when_it_is_there_and_no_longer_when_it_is_gone() {
    fresh();
    assertThat(catalogs.reported(key)).isFalse();
    server.run(CatalogServer.resource("event-trigger.sql"));
    fresh();
    await().until(() -> catalogs.reported(key));
    server.run("create table reported (a int)");
    clock.advance(WATCH);
    awaitKnown("reported");

    server.run("drop table reported");
    clock.advance(WATCH);
    await().until(() -> !knows("reported"));
    assertThat(catalogs.reported(key)).isTrue();

    server.run("drop schema gatehouse cascade");
    clock.advance(WATCH);
    await().until(() -> !catalogs.reported(key));
    server.run("create table unreported (a int)");
    fresh();
    awaitKnown("unreported");
  }

  @Test
  void the_event_trigger_stays_quiet_about_temporary_tables() throws SQLException {
    server.run(CatalogServer.resource("event-trigger.sql"));
    List<String> before = server.list("select count(*) from gatehouse.catalog_change");
    try (Connection session = server.connect();
        Statement statement = session.createStatement()) {
      statement.execute("create temporary table passing (a serial primary key, b text)");
      statement.execute("create index on passing (b)");
      statement.execute("alter table passing add column c int");
      statement.execute("drop table passing");
    }
    assertThat(server.list("select count(*) from gatehouse.catalog_change")).isEqualTo(before);
  }

  @Test
  void a_disabled_or_altered_event_trigger_is_not_relied_on() {
    server.run(CatalogServer.resource("event-trigger.sql"));
    fresh();
    await().until(() -> catalogs.reported(key));
    for (String weakened :
        List.of(
            "alter event trigger gatehouse_catalog_end disable",
            "alter event trigger gatehouse_catalog_end enable always;"
                + " grant insert on gatehouse.catalog_change to gate",
            "revoke insert on gatehouse.catalog_change from gate;"
                + " create or replace function gatehouse.catalog_changed() returns event_trigger"
                + " language plpgsql security definer as 'begin end'")) {
      server.run(weakened);
      clock.advance(WATCH);
      await(weakened).until(() -> !catalogs.reported(key));
    }
  }
}

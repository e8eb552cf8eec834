package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that is served only while the event trigger reports what is defined. */
final class StrictTargetIT {
  private static final Duration WATCH = Duration.ofSeconds(5);
  private static final Duration MAX_AGE = Duration.ofMinutes(30);
  private static final String NOT_REPORTED = "strict, and definitions in its database";

  private final CatalogServer server = CatalogServer.empty();
  private final CatalogKey key = CatalogKey.of(server.upstream());
  private final HandClock clock = new HandClock();
  private final Line line = new Line(CatalogServer.port());
  private final LiveCatalogs catalogs = catalogs(Set.of("real"));

  private LiveCatalogs catalogs(Set<String> strict) {
    return new LiveCatalogs(
        CatalogServer.reader(line),
        new LiveCatalogs.Settings(WATCH, MAX_AGE, MAX_AGE, 3, strict),
        clock::nanoTime,
        clock);
  }

  @AfterEach
  void close() {
    line.release();
    catalogs.close();
  }

  private Catalog fresh() {
    return CatalogServer.join(catalogs.fresh(server.upstream()));
  }

  private void install() {
    server.run(CatalogServer.resource("event-trigger.sql"));
  }

  private void assertNotServed() {
    assertThat(catalogs.current(key)).isNull();
    assertThat(catalogs.version(key)).isZero();
    assertThat(catalogs.whyNone(key))
        .isEqualTo(
            "target \"real\" is strict, and definitions in its database \""
                + server.name()
                + "\" are not reported: install event-trigger.sql there, or configure the target"
                + " with accept-definition-window: true");
  }

  @Test
  void withoutTheTrigger_isNotServedAndSaysWhatToDo() {
    assertThatThrownBy(this::fresh).hasMessageContaining(NOT_REPORTED);

    assertNotServed();
  }

  @Test
  void notServed_commandsDoNotMakeTheGateReadAgain() {
    assertThatThrownBy(this::fresh).hasMessageContaining(NOT_REPORTED);
    int before = line.statements();

    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(this::fresh).hasMessageContaining(NOT_REPORTED);
    }

    assertThat(line.statements()).isEqualTo(before);
  }

  @Test
  void triggerThere_isServedAfterOneReading() {
    install();

    Catalog catalog = fresh();

    assertThat(catalogs.current(key)).isSameAs(catalog);
    assertThat(catalogs.whyNone(key)).isEmpty();
    assertThat(line.statements()).isEqualTo(2);
  }

  @Test
  void triggerInstalledLater_isServedFromTheNextLookOn() {
    assertThatThrownBy(this::fresh).hasMessageContaining(NOT_REPORTED);
    install();

    clock.advance(WATCH);

    await().until(() -> catalogs.current(key) != null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop schema gatehouse cascade",
        "drop event trigger gatehouse_catalog_drop",
        "alter event trigger gatehouse_catalog_end disable",
        "alter event trigger gatehouse_catalog_end enable replica",
        "grant insert on gatehouse.catalog_change to public",
        "revoke select on gatehouse.catalog_change from public",
        "alter event trigger gatehouse_catalog_end disable;"
            + " alter table gatehouse.catalog_change rename column change to other;"
            + " alter event trigger gatehouse_catalog_end enable always",
        "create or replace function gatehouse.catalog_changed() returns event_trigger"
            + " language plpgsql security definer as 'begin end'",
      })
  void triggerGoneOrWeakened_isNotServedFromTheNextLookOn(String change) {
    install();
    fresh();
    server.run(change);

    clock.advance(WATCH);

    await().until(() -> catalogs.current(key) == null);
    await().until(() -> catalogs.whyNone(key).contains(NOT_REPORTED));
    assertThatThrownBy(this::fresh).hasMessageContaining(NOT_REPORTED);
    assertNotServed();
  }

  @Test
  void triggerDisabled_isNotServedBeforeAnythingIsReadAgain() {
    install();
    fresh();
    server.run("alter event trigger gatehouse_catalog_end disable");
    int before = line.statements();
    line.holdFrom(before + 2);

    clock.advance(WATCH);

    await().until(() -> catalogs.current(key) == null);
    assertNotServed();
  }

  @Test
  void somethingDefinedOutside_nothingIsServedByTheOldPicture() {
    install();
    Catalog old = fresh();
    server.run("create table later (a int)");
    line.holdFrom(line.statements() + 2);

    clock.advance(WATCH);

    await().until(() -> catalogs.current(key) == null);
    assertThat(catalogs.whyNone(key)).contains("has changed and is being read again");
    CompletionStage<Catalog> wanted = catalogs.fresh(server.upstream());
    line.release();
    assertThat(CatalogServer.join(wanted).relation("public", "later")).isNotNull();
    assertThat(catalogs.version(key)).isGreaterThan(old.version());
  }

  @Test
  void lineCut_isServedUntilItIsTooOldAndThenAsSoonAsItIsBack() {
    install();
    Catalog catalog = fresh();
    line.cut(true);
    clock.advance(WATCH);
    assertThat(catalogs.current(key)).isSameAs(catalog);
    clock.advance(MAX_AGE);
    assertThat(catalogs.current(key)).isNull();
    assertThat(catalogs.whyNone(key)).contains("the line is cut");
    line.cut(false);

    assertThat(fresh().version()).isEqualTo(catalog.version());

    assertThat(catalogs.current(key)).isNotNull();
  }

  /** Whoever held it meanwhile is told neither that it is not reported nor an older state. */
  @Test
  void manyAtOnce_allGetTheReportedReading() {
    install();
    List<CompletionStage<Catalog>> all =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(_ -> catalogs.fresh(server.upstream()))
            .toList();

    all.forEach(CatalogServer::join);

    assertThat(catalogs.reported(key)).isTrue();
  }

  @Test
  void targetThatIsNotStrict_isServedEitherWay() {
    LiveCatalogs others = catalogs(Set.of("another"));

    CatalogServer.join(others.fresh(server.upstream()));

    assertThat(others.current(key)).isNotNull();
    others.close();
  }
}

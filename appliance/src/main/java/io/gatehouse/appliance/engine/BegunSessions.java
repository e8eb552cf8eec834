package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.sql.Dialects;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.NamesQuestion;
import io.gatehouse.plugin.Target.Protocol;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What names mean in sessions that have only begun: asked in one of the gate's own, and believed
 * for a while. Thread-safe.
 */
public final class BegunSessions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String STANDARD_STRINGS = "standard_conforming_strings";
  private static final String STRINGS_QUESTION =
      "SELECT pg_catalog.current_setting('" + STANDARD_STRINGS + "')";
  private static final String ON = "on";

  private final UpstreamPort port;
  private final Dialects dialects;
  private final long keptNanos;
  private final Map<CatalogKey, Told> told = new ConcurrentHashMap<>();

  private record Told(NameState names, long at) {}

  /**
   * @param kept how long an answer is believed
   */
  public BegunSessions(UpstreamPort port, Dialects dialects, Duration kept) {
    this.port = port;
    this.dialects = dialects;
    this.keptNanos = kept.toNanos();
  }

  /** As it was told last; null if that is too long ago. */
  @Nullable NameState current(CatalogKey place) {
    Told last = told.get(place);
    return last == null || System.nanoTime() - last.at() > keptNanos ? null : last.names();
  }

  /** Asks. */
  CompletionStage<NameState> fresh(Protocol dialect, Upstream survey) {
    NamesQuestion question = dialects.of(dialect).namesQuestion().orElse(null);
    if (question == null) {
      return failed("sessions of " + survey.target() + " cannot be asked");
    }
    return ask(survey, question.sql(), question.maxRows())
        .thenCompose(
            rows ->
                question
                    .told(rows)
                    .map(answer -> reading(dialect, survey, answer))
                    .orElseGet(() -> failed(survey.target() + " told nothing of its sessions")));
  }

  private CompletionStage<List<List<Value>>> ask(Upstream survey, String sql, int rows) {
    return port.run(survey, new Statement(sql, rows, PATIENCE)).thenApply(Rows::rows);
  }

  /** PostgreSQL tells its clients how it reads strings, and the gate's own statements nothing. */
  private CompletionStage<NameState> reading(
      Protocol dialect, Upstream survey, NamesQuestion.Told answer) {
    CatalogKey place = CatalogKey.of(survey);
    if (dialect != Protocol.POSTGRESQL) {
      return keep(place, answer, answer.settings());
    }
    return ask(survey, STRINGS_QUESTION, 1)
        .thenCompose(rows -> keep(place, answer, Map.of(STANDARD_STRINGS, only(rows))));
  }

  private static String only(List<List<Value>> rows) {
    return rows.size() == 1
            && rows.getFirst().size() == 1
            && rows.getFirst().getFirst() instanceof Value.Text(String text)
        ? text
        : "unknown";
  }

  /** Whether a backslash in an ordinary literal is just a backslash there. */
  static boolean standardStrings(NameState names) {
    return switch (names) {
      case NameState.Known known -> known.settings().getOrDefault(STANDARD_STRINGS, ON).equals(ON);
      case NameState.Unknown _ -> true;
    };
  }

  private CompletionStage<NameState> keep(
      CatalogKey place, NamesQuestion.Told answer, Map<String, String> settings) {
    NameState names =
        new NameState.Known(
            answer.path(), answer.user(), answer.temporary().orElse(Set.of()), Set.of(), settings);
    told.put(place, new Told(names, System.nanoTime()));
    return CompletableFuture.completedFuture(names);
  }

  private static CompletionStage<NameState> failed(String why) {
    return CompletableFuture.failedFuture(new UpstreamException(why));
  }
}

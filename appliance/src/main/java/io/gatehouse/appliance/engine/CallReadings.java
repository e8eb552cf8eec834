package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogContent;
import io.gatehouse.appliance.catalog.CatalogKey;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.verdict.Context;
import io.gatehouse.appliance.verdict.Digest;
import io.gatehouse.appliance.verdict.KeyedHash;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Target;
import io.gatehouse.spi.CommandForm.Call;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is known of the SQL in a session's calls, and has found out what is not: several at
 * once, each submitted again when it is known. Owned by the session's event loop.
 */
final class CallReadings {
  /** How long an answer is kept that nobody else keeps: until those are back who wait for it. */
  private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

  /** Where nobody knows what is there; nothing that names something is understood. */
  private static final Catalog NOWHERE =
      new Catalog(
          -1,
          new CatalogContent(
              "", 18, "", List.of(), Set.of(), List.of(), List.of(), Set.of(), List.of(), Set.of(),
              true, true, Set.of()));

  private final Court court;
  private final Caller caller;
  private final Target target;
  private final String database;
  private final List<SqlArgument.Placed> marked;
  private final KeyedHash hash;
  private final Map<Object, CompletableFuture<Done>> waits = new HashMap<>();

  /**
   * Something that was waited for.
   *
   * @param known what is known now; null where it was something else
   * @param problem why it did not come; empty if it did
   */
  private record Done(@Nullable Known known, String problem, long at) {
    static Done of(@Nullable Known known, String problem) {
      return new Done(known, problem, System.nanoTime());
    }
  }

  /** What is asked of a database before texts are read. */
  private record Asking(String what, CatalogKey place) {}

  /** What comes of wanting to know. */
  sealed interface Reading {
    record Read(Known known) implements Reading {}

    record Waits() implements Reading {}

    record Refused(Refusal refusal) implements Reading {}
  }

  private static final Reading WAITS = new Reading.Waits();

  CallReadings(Court court, Caller caller, Routes.Passage passage) {
    this.court = court;
    this.caller = caller;
    this.target = passage.target();
    this.database = passage.upstream().database();
    this.marked = passage.sql();
    this.hash = new KeyedHash(court.key());
  }

  /** The arguments of it that are SQL. */
  List<SqlArgument.Placed> sqlOf(Call call) {
    return marked.isEmpty()
        ? List.of()
        : marked.stream().filter(one -> one.argument().isOf(call)).toList();
  }

  /**
   * @param again called when it is worth asking again, on any thread
   */
  Reading find(Policy policy, SqlCall call, Runnable again) {
    forget();
    List<SqlArgument.Found> found = call.found();
    if (found.stream().mapToLong(CallReadings::bytes).sum() > court.maximumBytes()) {
      court.analyses().reached(Limit.ANALYSIS_BYTES);
      return new Reading.Refused(Refusals.tooLong());
    }
    List<CallAnalysis.Argument> arguments = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      SqlArgument.Placed placed = call.sql().get(i);
      Reading missing = missing(placed, again);
      if (missing != null) {
        return missing;
      }
      arguments.add(argument(placed, found.get(i)));
    }
    return find(policy, Calls.command(call.call()), arguments, again);
  }

  private Reading find(
      Policy policy, Command call, List<CallAnalysis.Argument> arguments, Runnable again) {
    Digest digest = digest(policy, call.fingerprint(), arguments);
    CompletableFuture<Done> under = waits.get(digest);
    Known known = court.cache().get(digest);
    if (known == null && under != null && under.isDone()) {
      known = under.join().known();
    }
    if (known != null) {
      return new Reading.Read(known);
    }
    return under == null
        ? read(
            new CallAnalysis.Question(
                digest, policy.relevant(caller), target, database, policy, call, arguments),
            again)
        : waitsFor(under, again);
  }

  private static long bytes(SqlArgument.Found found) {
    return found instanceof SqlArgument.Found.Texts texts ? texts.bytes() : 0;
  }

  private void forget() {
    long now = System.nanoTime();
    waits.values().removeIf(done -> done.isDone() && now - done.join().at() > KEPT_NANOS);
  }

  private static Reading waitsFor(CompletableFuture<Done> what, Runnable again) {
    what.thenRun(again);
    return WAITS;
  }

  /** What is not known yet of the database that is meant; null if all is. */
  private @Nullable Reading missing(SqlArgument.Placed placed, Runnable again) {
    Upstream survey = placed.survey();
    if (survey == null) {
      return null;
    }
    CatalogKey place = CatalogKey.of(survey);
    if (court.catalogs().current(place) == null) {
      return asked(
          new Asking("catalog", place), () -> court.catalogs().fresh(survey), again, survey);
    }
    return court.begun().current(place) == null
        ? asked(
            new Asking("session", place),
            () -> court.begun().fresh(placed.argument().dialect(), survey),
            again,
            survey)
        : null;
  }

  private Reading asked(
      Asking asking, Supplier<CompletionStage<?>> question, Runnable again, Upstream survey) {
    CompletableFuture<Done> under = waits.get(asking);
    if (under == null) {
      under =
          question
              .get()
              .handle((_, problem) -> Done.of(null, problem == null ? "" : why(problem)))
              .toCompletableFuture();
      waits.put(asking, under);
    } else if (under.isDone()) {
      String problem = under.join().problem();
      return new Reading.Refused(
          asking.what().equals("catalog")
              ? Refusals.noCatalog(court.catalogs().whyNone(CatalogKey.of(survey)))
              : Refusals.noSession(problem));
    }
    return waitsFor(under, again);
  }

  private static String why(Throwable problem) {
    Throwable cause = problem.getCause() == null ? problem : problem.getCause();
    return String.valueOf(cause.getMessage());
  }

  /**
   * What the call touches is being changed by a definition: it waits for a new reading of the
   * catalog once.
   *
   * @return null if it has waited
   */
  @Nullable Reading reread(Upstream survey, Runnable again) {
    Asking asking = new Asking("definitions", CatalogKey.of(survey));
    CompletableFuture<Done> under = waits.get(asking);
    if (under != null && under.isDone()) {
      return null;
    }
    return asked(asking, () -> court.catalogs().fresh(survey), again, survey);
  }

  private CallAnalysis.Argument argument(SqlArgument.Placed placed, SqlArgument.Found found) {
    Upstream survey = placed.survey();
    Catalog catalog = NOWHERE;
    NameState names = NameState.UNKNOWN;
    if (survey != null) {
      CatalogKey place = CatalogKey.of(survey);
      Catalog current = court.catalogs().current(place);
      NameState begun = court.begun().current(place);
      catalog = current == null ? NOWHERE : current;
      names = begun == null ? NameState.UNKNOWN : begun;
    }
    return switch (found) {
      case SqlArgument.Found.Unclear(String why) ->
          new CallAnalysis.Argument(placed, List.of(), why, catalog, names);
      case SqlArgument.Found.Texts(List<JsonValue> strings) ->
          new CallAnalysis.Argument(
              placed, strings.stream().map(JsonValue::text).toList(), "", catalog, names);
    };
  }

  private Digest digest(Policy policy, String called, List<CallAnalysis.Argument> arguments) {
    hash.reset()
        .add(number(policy, new CatalogKey(target.name(), database), NOWHERE, NameState.UNKNOWN));
    text(called);
    for (CallAnalysis.Argument argument : arguments) {
      Upstream survey = argument.placed().survey();
      CatalogKey place = survey == null ? new CatalogKey("", "") : CatalogKey.of(survey);
      hash.add(number(policy, place, argument.catalog(), argument.names()));
      text(argument.placed().called());
      text(argument.unclear());
      hash.add((long) argument.texts().size());
      argument.texts().forEach(this::text);
    }
    return new Digest().set(hash.finish());
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hash.add((long) bytes.length).add(Unpooled.wrappedBuffer(bytes));
  }

  private long number(Policy policy, CatalogKey place, Catalog catalog, NameState names) {
    return court
        .contexts()
        .number(
            new Context(
                policy.relevant(caller),
                place,
                "",
                "in a call",
                new Context.Reading(true, ""),
                names,
                catalog.version(),
                policy.version()));
  }

  private Reading read(CallAnalysis.Question question, Runnable again) {
    CompletableFuture<Known> result = new CompletableFuture<>();
    CallAnalysis next = new CallAnalysis(court, question, result);
    if (!court.analyses().start(next)) {
      return new Reading.Refused(Refusals.busy());
    }
    Future<?> timer = court.analyses().after(court.analyses().limit(), () -> expire(next, result));
    CompletableFuture<Done> done =
        result.thenApply(
            known -> {
              timer.cancel(false);
              return Done.of(known, "");
            });
    waits.put(question.digest(), done);
    return waitsFor(done, again);
  }

  private void expire(CallAnalysis late, CompletableFuture<Known> result) {
    if (!result.isDone()) {
      court.analyses().reached(Limit.ANALYSIS_MILLIS);
      late.expire();
    }
  }
}

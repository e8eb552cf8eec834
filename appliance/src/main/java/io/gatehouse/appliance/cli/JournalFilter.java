package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.index.Facet;
import io.gatehouse.appliance.journal.index.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that say whose and when. */
class JournalFilter {
  private static final long NANOS = 1_000_000_000L;

  @Option(names = "--caller", paramLabel = "NAME", description = "of this caller")
  private @Nullable String caller;

  @Option(names = "--target", paramLabel = "NAME", description = "on this target")
  private @Nullable String target;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "a day, 2026-11-21, or a time, 2026-11-21T08:00:00Z; in UTC")
  private @Nullable String from;

  @Option(names = "--until", paramLabel = "TIME", description = "the same; a day counts to its end")
  private @Nullable String until;

  Query query(CommandSpec spec) {
    Query query = Query.ALL.between(first(spec), last(spec));
    query = with(query, Facet.CALLER, caller);
    return with(query, Facet.TARGET, target);
  }

  static Query with(Query query, Facet facet, @Nullable String value) {
    return value == null ? query : query.with(facet, value);
  }

  private long first(CommandSpec spec) {
    if (from == null) {
      return Long.MIN_VALUE;
    }
    return nanos(day(from).map(day -> start(day)).orElseGet(() -> time(spec, from)));
  }

  private long last(CommandSpec spec) {
    if (until == null) {
      return Long.MAX_VALUE;
    }
    return day(until)
        .map(day -> nanos(start(day.plusDays(1))) - 1)
        .orElseGet(() -> nanos(time(spec, until)));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant time(CommandSpec spec, @Nullable String text) {
    try {
      return Instant.parse(text == null ? "" : text);
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), text + " is neither a day nor a time such as 2026-11-21T08:00:00Z");
    }
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS), (long) instant.getNano());
  }

  /** For the note of the reading. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    add(words, "--caller", caller);
    add(words, "--target", target);
    add(words, "--from", from);
    add(words, "--until", until);
    return words;
  }

  static void add(List<String> words, String option, @Nullable String value) {
    if (value != null) {
      words.add(option + " " + value);
    }
  }
}

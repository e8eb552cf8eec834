package io.gatehouse.appliance.masking.mysql;

import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.Variant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** What came back from two databases that differ in protected values. */
record MysqlTranscripts(MysqlTwins twins, MysqlAnswer one, MysqlAnswer other) {
  private static final int AROUND = 60;

  /** Has the same done at both, each on a connection of its own. */
  static MysqlTranscripts of(
      MysqlTwins twins, Function<String, MysqlLogin> logins, List<MysqlStep> steps)
      throws InterruptedException, ExecutionException {
    FutureTask<MysqlAnswer> there =
        new FutureTask<>(() -> answer(twins, logins, steps, Variant.UNLIKE));
    Thread.ofVirtual().start(there);
    MysqlAnswer here = answer(twins, logins, steps, Variant.MARKED);
    return new MysqlTranscripts(twins, here, there.get());
  }

  /** First at the one, then at the other: a definition keeps others waiting. */
  static MysqlTranscripts inTurn(
      MysqlTwins twins, Function<String, MysqlLogin> logins, List<MysqlStep> steps) {
    MysqlAnswer here = answer(twins, logins, steps, Variant.MARKED);
    return new MysqlTranscripts(twins, here, answer(twins, logins, steps, Variant.UNLIKE));
  }

  static MysqlAnswer answer(
      MysqlTwins twins,
      Function<String, MysqlLogin> logins,
      List<MysqlStep> steps,
      Variant variant) {
    try (MysqlClient client = MysqlClient.connect(logins.apply(twins.name(variant)))) {
      return client.take(twins.said(steps, variant));
    }
  }

  /** Where they differ, in both forms. */
  Optional<String> difference() {
    String left = one.plain(twins);
    String right = other.plain(twins);
    if (left.equals(right)) {
      return Optional.empty();
    }
    int at = 0;
    while (at < Math.min(left.length(), right.length()) && left.charAt(at) == right.charAt(at)) {
      at++;
    }
    return Optional.of("at " + at + ": " + around(left, at) + " <> " + around(right, at));
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND))
        .replaceAll("[^\\x20-\\x7e]+", "~");
  }

  /** Whether either holds a protected value. */
  boolean holds(Markers markers) {
    return !markers.in(one.bytes()).isEmpty() || !markers.in(other.bytes()).isEmpty();
  }
}

package io.gatehouse.verifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a journal once, from checkpoint to checkpoint. For each: its signature; whether the
 * leaf hashes of the tiles give its root; whether the rows have these hashes. So rows and tiles
 * bear witness against each other, and a difference can be laid to the one that the signature is
 * against.
 */
public final class Verification {
  private static final int LONGEST_NOTE = 16_384;

  private final Path journal;
  private final List<VerifierKey> keys;
  private final Report report;
  private final List<Known> known = new ArrayList<>();

  /** A checkpoint that is not of the log. */
  private record Known(String file, Checkpoint checkpoint) {
    long size() {
      return checkpoint.size();
    }
  }

  private Verification(Path journal, List<VerifierKey> keys, Report report) {
    this.journal = journal;
    this.keys = List.copyOf(keys);
    this.report = report;
  }

  /**
   * Verifies what is in the directory.
   *
   * @param since a note that was kept elsewhere and must still be true, or null
   * @param listener is told each finding as it is made
   */
  public static Report verify(
      Path journal, List<VerifierKey> keys, byte @Nullable [] since, Consumer<Finding> listener) {
    Report report = new Report(listener);
    try {
      new Verification(journal, keys, report).run(since);
    } catch (IOException e) {
      report.add(Kind.UNREADABLE, ".", 0, "cannot be read: " + e.getClass().getSimpleName());
    }
    return report;
  }

  private void run(byte @Nullable [] since) throws IOException {
    // the newest first, so that a journal that is still being written is not ahead of its log
    Checkpoint newest =
        open("tree/checkpoint", Bytes.small(journal.resolve("tree/checkpoint"), LONGEST_NOTE));
    Checkpoint kept = since == null ? null : open("--since", since);
    if (newest != null) {
      known.add(new Known("tree/checkpoint", newest));
    }
    if (kept != null) {
      known.add(new Known("--since", kept));
    }
    Bytes log = Bytes.open(journal.resolve("tree/checkpoints.log"));
    if (log == null) {
      report.add(Kind.MISSING, "tree/checkpoints.log", 0, "is not there");
    }
    Logged logged = new Logged(log, keys, report);
    try (logged;
        Segments segments = new Segments(journal, report)) {
      walk(logged, segments, newest, kept);
    }
  }

  private void walk(
      Logged logged, Segments segments, @Nullable Checkpoint newest, @Nullable Checkpoint kept)
      throws IOException {
    long proved = Math.max(logged.largest(), known.stream().mapToLong(Known::size).max().orElse(0));
    Rows rows = new Rows(journal, segments, proved, report);
    for (Checkpoint next = logged.next(); next != null; next = logged.next()) {
      tellKnown(rows, next.size());
      rows.prove(next, "tree/checkpoints.log");
    }
    tellKnown(rows, Long.MAX_VALUE);
    boolean plausible = rows.finish();
    report.proved = rows.proved();
    if (!plausible && newest != null && still(newest)) {
      String text = "more is behind it than a crash leaves: checkpoints were taken away";
      report.add(Kind.TRUNCATED, "tree/checkpoint", 0, text);
    }
    compareNewest(logged, newest);
    if (kept != null
        && kept.size() > Math.max(logged.largest(), newest == null ? 0 : newest.size())) {
      report.add(
          Kind.TRUNCATED,
          "tree/checkpoint",
          0,
          "ends before the checkpoint of --since, at " + kept.size());
    }
    new Tail(report).verify(journal, rows.sequence());
  }

  /** Checkpoints from elsewhere are held against the tree where their size is reached. */
  private void tellKnown(Rows rows, long size) throws IOException {
    known.sort(Comparator.comparingLong(Known::size));
    while (!known.isEmpty() && known.getFirst().size() <= size) {
      Known next = known.removeFirst();
      rows.prove(next.checkpoint(), next.file());
    }
  }

  private @Nullable Checkpoint open(String name, byte @Nullable [] note) {
    if (note == null) {
      report.add(Kind.MISSING, name, 0, "is not there, or too long to be a checkpoint");
      return null;
    }
    try {
      return Checkpoint.open(note, keys);
    } catch (Checkpoint.NotSignedException e) {
      report.add(
          Kind.BAD_SIGNATURE, name, 0, e.getMessage() == null ? "is not signed" : e.getMessage());
      return null;
    }
  }

  /** Whether it is the newest even now: a journal that is being written goes on meanwhile. */
  private boolean still(Checkpoint newest) throws IOException {
    byte[] note = Bytes.small(journal.resolve("tree/checkpoint"), LONGEST_NOTE);
    return note != null && new String(note, StandardCharsets.UTF_8).startsWith(newest.text());
  }

  private void compareNewest(Logged logged, @Nullable Checkpoint newest) throws IOException {
    Checkpoint last = logged.last();
    if (newest == null) {
      return;
    }
    long ahead = last == null ? -1 : last.number() - newest.number();
    if (ahead < 0) {
      report.add(
          Kind.TRUNCATED,
          "tree/checkpoints.log",
          logged.position(),
          "ends before checkpoint " + newest.number() + ", the newest");
    } else if (ahead > 1 && still(newest)) {
      report.add(
          Kind.ALTERED,
          "tree/checkpoint",
          0,
          "is number " + newest.number() + ", and the log goes on for " + ahead);
    } else if (ahead > 0) {
      report.add(
          Kind.UNSEALED,
          "tree/checkpoint",
          0,
          "is behind the log: written just now, cut off in a crash, or set back");
    } else if (last != null && !newest.text().equals(last.text())) {
      report.add(
          Kind.ALTERED, "tree/checkpoint", 0, "is not the one that the log has under its number");
    }
  }
}

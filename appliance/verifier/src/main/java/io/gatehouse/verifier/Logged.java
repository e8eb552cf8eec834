package io.gatehouse.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checkpoints of the log that are well signed and stand in their order. */
final class Logged implements Closeable {
  private static final String NAME = "tree/checkpoints.log";
  private static final int END = 65_536;

  private final @Nullable CheckpointLog log;
  private final List<VerifierKey> keys;
  private final Report report;
  private final long largest;
  private @Nullable Checkpoint last;
  private long expected;

  Logged(@Nullable Bytes file, List<VerifierKey> keys, Report report) throws IOException {
    this.keys = keys;
    this.report = report;
    this.log = file == null ? null : new CheckpointLog(file, 0);
    this.largest =
        file == null ? 0 : largest(new CheckpointLog(file, Math.max(0, file.size() - END)), keys);
  }

  /** The size of the newest, found near the end of the file; bad ones are told of in their turn. */
  private static long largest(CheckpointLog end, List<VerifierKey> keys) throws IOException {
    Deque<byte[]> notes = new ArrayDeque<>();
    for (byte[] note = end.next(); note != null; note = end.next()) {
      notes.push(note);
    }
    for (byte[] note : notes) {
      try {
        return Checkpoint.open(note, keys).size();
      } catch (Checkpoint.NotSignedException e) {
        // the one before, then
      }
    }
    return 0;
  }

  long largest() {
    return largest;
  }

  @Nullable Checkpoint last() {
    return last;
  }

  long position() {
    return log == null ? 0 : log.position();
  }

  /** The next good one, with all that is wrong before it reported. */
  @Nullable Checkpoint next() throws IOException {
    while (log != null) {
      long offset = log.position();
      byte[] note = log.next();
      if (note == null) {
        return null;
      }
      if (log.torn()) {
        report.add(
            Kind.UNSEALED,
            NAME,
            offset,
            "the last checkpoint is not whole: cut off in a crash, or cut");
        return null;
      }
      try {
        Checkpoint read = Checkpoint.open(note, keys);
        if (inOrder(read, offset)) {
          report.checkpoints++;
          last = read;
          return read;
        }
      } catch (Checkpoint.NotSignedException e) {
        report.add(Kind.BAD_SIGNATURE, NAME, offset, "the checkpoint " + e.getMessage());
        expected++;
      }
    }
    return null;
  }

  private boolean inOrder(Checkpoint read, long offset) {
    Checkpoint before = last;
    if (read.number() < expected) {
      report.add(
          Kind.REORDERED,
          NAME,
          offset,
          "checkpoint " + read.number() + " stands where " + expected + " belongs");
      return false;
    }
    if (read.number() > expected) {
      report.add(
          Kind.MISSING,
          NAME,
          offset,
          "checkpoints " + expected + " to " + (read.number() - 1) + " are not there");
    }
    expected = read.number() + 1;
    if (before != null && read.size() < before.size()) {
      report.add(Kind.ALTERED, NAME, offset, "the journal was signed as shorter than before");
      return false;
    }
    if (before != null && read.utc() < before.utc() - 1_000_000_000L) {
      report.add(
          Kind.CLOCK_REGRESSION,
          NAME,
          offset,
          "checkpoint " + read.number() + " is older than the one before");
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    if (log != null) {
      log.close();
    }
  }
}

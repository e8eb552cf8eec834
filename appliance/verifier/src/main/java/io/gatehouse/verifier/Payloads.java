package io.gatehouse.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The payload files of one segment, read in the order of its rows. */
final class Payloads implements Closeable {
  private static final int PIECE = 65_536;
  private static final int MOST_OPEN = 16;

  /** What became of a payload. */
  enum State {
    GOOD(Kind.UNSEALED, "the payload is the one that its row names"),
    ALTERED(Kind.ALTERED, "the payload is not the one that its row names"),
    CUT(Kind.TRUNCATED, "the payload is not there whole"),
    GONE(Kind.MISSING, "the payload is gone, and no pruned record in the tree names its key");

    final Kind kind;
    final String text;

    State(Kind kind, String text) {
      this.kind = kind;
      this.text = text;
    }
  }

  private final Path segments;
  private final long first;
  private final Map<Integer, Long> offsets = new HashMap<>();
  private final Map<Integer, Bytes> open = new HashMap<>();
  private final Set<Integer> gone = new HashSet<>();

  Payloads(Path segments, long first) {
    this.segments = segments;
    this.first = first;
  }

  static String name(long first, int retention) {
    return String.format("%020d.%d.payload", first, retention);
  }

  String name(Row row) {
    return "segments/" + name(first, row.retention());
  }

  /** Where the next payload of that class begins. */
  long offset(int retention) {
    return offsets.getOrDefault(retention, 0L);
  }

  /** Goes to the next payload of the row's class without looking at this one. */
  void skip(Row row) {
    offsets.merge(row.retention(), row.length(), Long::sum);
  }

  State check(Row row) throws IOException {
    long offset = offset(row.retention());
    Bytes file = file(row.retention());
    skip(row);
    if (file == null || (file.size() == 0 && row.length() > 0)) {
      return State.GONE;
    }
    if (offset > file.size() - row.length()) {
      return State.CUT;
    }
    MessageDigest digest = Tree.digest();
    for (long done = 0; done < row.length(); done += PIECE) {
      byte[] piece = file.at(offset + done, (int) Math.min(PIECE, row.length() - done));
      if (piece == null) {
        return State.CUT;
      }
      digest.update(piece);
    }
    return row.hasDigest(digest.digest()) ? State.GOOD : State.ALTERED;
  }

  /**
   * The payload itself, to be read before it is checked; null if it is not whole, or not this
   * short.
   */
  byte @Nullable [] read(Row row, int longest) throws IOException {
    Bytes file = file(row.retention());
    boolean tooLong = row.length() > longest;
    byte[] read =
        file == null || tooLong ? null : file.at(offset(row.retention()), (int) row.length());
    return read != null && row.hasDigest(Tree.sha256(read)) ? read : null;
  }

  private @Nullable Bytes file(int retention) throws IOException {
    if (gone.contains(retention)) {
      return null;
    }
    Bytes file = open.get(retention);
    if (file == null) {
      if (open.size() >= MOST_OPEN) {
        close();
      }
      file = Bytes.open(segments.resolve(name(first, retention)));
      if (file == null) {
        gone.add(retention);
      } else {
        open.put(retention, file);
      }
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    for (Bytes file : open.values()) {
      file.close();
    }
    open.clear();
  }
}

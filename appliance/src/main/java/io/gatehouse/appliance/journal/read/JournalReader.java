package io.gatehouse.appliance.journal.read;

import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.key.KeyShelf;
import io.gatehouse.appliance.journal.tail.TailEntry;
import io.gatehouse.appliance.journal.tail.TailSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A journal as it was when it was opened: whatever was on record then is seen, once. The gate may
 * go on meanwhile. Not thread-safe.
 */
public final class JournalReader implements AutoCloseable {
  private static final Pattern ROWS = Pattern.compile("[0-9]{20}\\.rows");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,19}");
  private static final int DIGITS = 20;
  private static final int MOST_CHECKPOINT = 64 << 10;

  private final Path directory;
  private final TailSnapshot tail;
  private final Contents contents;

  /** Closed with the reader. */
  private final Optional<KeyShelf> own;

  /** How many rows the newest checkpoint is of. */
  private final long signed;

  private final List<Long> firsts;
  private final int rowsOfLast;
  private final long lastSequence;

  private JournalReader(
      Path directory, TailSnapshot tail, Contents contents, Optional<KeyShelf> own)
      throws IOException {
    this.directory = directory;
    this.tail = tail;
    this.contents = contents;
    this.own = own;
    signed = signed(directory.resolve("tree/checkpoint"));
    List<Long> all = firsts(directory.resolve("segments"));
    int rows = 0;
    long sequence = -1;
    while (!all.isEmpty() && rows == 0) {
      long first = all.getLast();
      try (SegmentFile last = SegmentFile.open(directory.resolve("segments"), first)) {
        rows = whole(last, Math.max(0, signed - first));
        sequence = rows == 0 ? -1 : last.row(rows - 1).sequence();
      }
      if (rows == 0) {
        all.removeLast();
      }
    }
    firsts = List.copyOf(all);
    rowsOfLast = rows;
    lastSequence = sequence;
  }

  /**
   * Where a journal is.
   *
   * @param keys the directory of its data keys
   */
  public record Place(Path directory, Path keys) {}

  /** Opens it for reading alone. */
  public static JournalReader open(Place place, List<KeyEncryptionKey> wrapping)
      throws IOException {
    KeyShelf shelf = new KeyShelf(place.keys(), wrapping);
    return open(place.directory(), shelf, Optional.of(shelf));
  }

  /**
   * @param shelf stays the caller's
   */
  public static JournalReader open(Path directory, KeyShelf shelf) throws IOException {
    return open(directory, shelf, Optional.empty());
  }

  private static JournalReader open(Path directory, KeyShelf shelf, Optional<KeyShelf> own)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    // The tail first: what it has no more when it is opened is in the segments when they are.
    TailSnapshot tail = TailSnapshot.open(directory.resolve("tail"));
    try {
      return new JournalReader(directory, tail, new Contents(shelf), own);
    } catch (IOException | RuntimeException e) {
      tail.close();
      throw e;
    }
  }

  /** The size that the newest checkpoint says; it is not verified here. */
  private static long signed(Path checkpoint) throws IOException {
    try {
      if (Files.size(checkpoint) > MOST_CHECKPOINT) {
        return 0;
      }
      List<String> lines =
          new String(Files.readAllBytes(checkpoint), StandardCharsets.UTF_8).lines().toList();
      return lines.size() > 1 && SIZE.matcher(lines.get(1)).matches()
          ? Long.parseLong(lines.get(1))
          : 0;
    } catch (NoSuchFileException | NumberFormatException e) {
      return 0;
    }
  }

  private static List<Long> firsts(Path segments) throws IOException {
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(segments, "*.rows")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (ROWS.matcher(name).matches()) {
          found.add(Long.parseLong(name.substring(0, DIGITS)));
        }
      }
    } catch (NoSuchFileException | NumberFormatException e) {
      return new ArrayList<>();
    }
    Collections.sort(found);
    return found;
  }

  /**
   * What was signed is there whether or not its payload is; what is behind it may be half there.
   */
  private static int whole(SegmentFile last, long signed) throws IOException {
    int size = last.size();
    int row = (int) Math.min(signed, size);
    while (row < size && last.whole(row)) {
      row++;
    }
    return row;
  }

  /** The first indexes of the segments, in order. */
  public List<Long> segments() {
    return firsts;
  }

  /** Whether it may still grow. */
  public boolean growing(long first) {
    return !firsts.isEmpty() && firsts.getLast() == first;
  }

  /** The caller closes it. */
  public SegmentFile open(long first) throws IOException {
    return SegmentFile.open(directory.resolve("segments"), first);
  }

  /** How many of its rows are to be seen. */
  public int rows(SegmentFile segment) throws IOException {
    return growing(segment.first()) ? rowsOfLast : segment.size();
  }

  public Entry entry(SegmentFile segment, int row) throws IOException {
    return segment.entry(row, segment.first() + row < signed);
  }

  public Content content(Entry entry) throws IOException {
    return contents.of(entry);
  }

  /** Takes records as they come, until it says that it has enough. */
  public interface Visitor {
    /**
     * @param entry valid until this returns
     * @return whether to go on
     */
    boolean visit(Entry entry) throws IOException;
  }

  /** All records, in their order. Whether it came to the end. */
  public boolean all(Visitor visitor) throws IOException {
    for (long first : firsts) {
      try (SegmentFile segment = open(first)) {
        int rows = rows(segment);
        for (int row = 0; row < rows; row++) {
          if (!visitor.visit(entry(segment, row))) {
            return false;
          }
        }
      }
    }
    return tail(visitor);
  }

  /** Those that are in the tail only. Whether it came to the end. */
  public boolean tail(Visitor visitor) throws IOException {
    boolean[] enough = new boolean[1];
    tail.visit(
        lastSequence,
        entry -> {
          enough[0] = !visitor.visit(unsealed(entry));
          return !enough[0];
        });
    return !enough[0];
  }

  private static Entry unsealed(TailEntry entry) {
    ByteBuffer payload = entry.payload();
    return new Entry(
        Row.of(entry.head()),
        -1,
        false,
        () -> {
          byte[] bytes = new byte[payload.remaining()];
          payload.get(payload.position(), bytes);
          return new Entry.Bytes.There(bytes);
        });
  }

  @Override
  public void close() throws IOException {
    contents.close();
    if (own.isPresent()) {
      own.get().close();
    }
    tail.close();
  }
}

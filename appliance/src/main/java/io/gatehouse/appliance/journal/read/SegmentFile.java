package io.gatehouse.appliance.journal.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A segment, by positional reads; it may still grow. Not thread-safe. */
public final class SegmentFile implements AutoCloseable {
  /** No record is longer: four mebibytes in clear text, one encrypted. */
  private static final int MOST_PAYLOAD = (4 << 20) + 16;

  private final Path directory;
  private final long first;
  private final FileChannel rows;
  private final Map<Integer, Optional<FileChannel>> payloads = new HashMap<>();
  private Offsets offsets = new Offsets();

  private final ByteBuffer window = ByteBuffer.allocate(Offsets.STEP * Row.BYTES);
  private int step = -1;

  /** The next row in the step, and where the payloads stand before it. */
  private int next;

  private Map<Integer, Long> position = new TreeMap<>();

  private SegmentFile(Path directory, long first, FileChannel rows) {
    this.directory = directory;
    this.first = first;
    this.rows = rows;
  }

  static SegmentFile open(Path directory, long first) throws IOException {
    Path path = directory.resolve(String.format(Locale.ROOT, "%020d.rows", first));
    return new SegmentFile(directory, first, FileChannel.open(path, StandardOpenOption.READ));
  }

  public long first() {
    return first;
  }

  /** How many whole rows the file has. */
  public int size() throws IOException {
    return (int) Math.min(rows.size() / Row.BYTES, Integer.MAX_VALUE);
  }

  public Offsets offsets() {
    return offsets;
  }

  /** What an index knows of them. */
  public void offsets(Offsets known) {
    if (known.known() > offsets.known()) {
      offsets = known;
    }
  }

  /** A row as it stands, without looking at those before it. */
  public byte[] bytes(int row) throws IOException {
    byte[] bytes = new byte[Row.BYTES];
    ByteBuffer into = ByteBuffer.wrap(bytes);
    while (into.hasRemaining()) {
      if (rows.read(into, (long) row * Row.BYTES + into.position()) < 0) {
        throw new IOException("the rows of segment " + first + " end before they did");
      }
    }
    return bytes;
  }

  /** Where its payload is, too. */
  Entry entry(int row, boolean sealed) throws IOException {
    seek(row);
    Row read = row(row);
    while (next < row) {
      pass(row(next));
    }
    long from = position.getOrDefault(read.retention(), 0L);
    return new Entry(read, first + row, sealed, () -> payload(read, from));
  }

  /** Without its payload. */
  public Row row(int row) throws IOException {
    seek(row);
    return Row.of(window.slice(row % Offsets.STEP * Row.BYTES, Row.BYTES));
  }

  /** Whether all of its payload is there, or none of it any more. */
  boolean whole(int row) throws IOException {
    Row read = entry(row, false).row();
    Optional<FileChannel> file = file(read.retention());
    long end = position.getOrDefault(read.retention(), 0L) + read.length();
    return read.length() == 0 || (file.isPresent() && file.get().size() >= end);
  }

  private void pass(Row row) {
    position.merge(row.retention(), row.length(), Long::sum);
    next++;
  }

  private void seek(int row) throws IOException {
    int wanted = row / Offsets.STEP;
    while (offsets.known() <= wanted) {
      load(offsets.known() - 1, Offsets.STEP);
      int end = offsets.known() * Offsets.STEP;
      while (next < end) {
        pass(Row.of(window.slice(next % Offsets.STEP * Row.BYTES, Row.BYTES)));
      }
      offsets.add(position);
    }
    load(wanted, row % Offsets.STEP + 1);
    if (next > row) {
      back();
    }
  }

  private void back() {
    next = step * Offsets.STEP;
    position = new TreeMap<>(offsets.before(step));
  }

  /** So many rows of a step at least. */
  private void load(int wanted, int least) throws IOException {
    if (step == wanted && window.limit() >= least * Row.BYTES) {
      return;
    }
    boolean another = step != wanted;
    step = wanted;
    window.clear();
    long at = (long) wanted * window.capacity();
    while (window.hasRemaining()) {
      int count = rows.read(window, at + window.position());
      if (count < 0) {
        break;
      }
    }
    window.limit(window.position() / Row.BYTES * Row.BYTES).position(0);
    if (window.limit() < least * Row.BYTES) {
      step = -1;
      throw new IOException("the rows of segment " + first + " end before they did");
    }
    if (another) {
      back();
    }
  }

  private Entry.Bytes payload(Row row, long from) throws IOException {
    if (row.length() > MOST_PAYLOAD) {
      return new Entry.Bytes.Damaged("its row says that it is longer than a record can be");
    }
    Optional<FileChannel> file = file(row.retention());
    if (row.length() > 0 && (file.isEmpty() || file.get().size() == 0)) {
      return new Entry.Bytes.Pruned();
    }
    byte[] bytes = new byte[(int) row.length()];
    ByteBuffer into = ByteBuffer.wrap(bytes);
    while (into.hasRemaining()) {
      if (file.isEmpty() || file.get().read(into, from + into.position()) < 0) {
        return new Entry.Bytes.Damaged("the file of its payload ends before it");
      }
    }
    return new Entry.Bytes.There(bytes);
  }

  private Optional<FileChannel> file(int retention) throws IOException {
    Optional<FileChannel> open = payloads.get(retention);
    if (open == null || open.isEmpty()) {
      open = openPayload(retention);
      payloads.put(retention, open);
    }
    return open;
  }

  private Optional<FileChannel> openPayload(int retention) throws IOException {
    try {
      return Optional.of(
          FileChannel.open(
              directory.resolve(String.format(Locale.ROOT, "%020d.%d.payload", first, retention)),
              StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
    for (Optional<FileChannel> file : payloads.values()) {
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }
}

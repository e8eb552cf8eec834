package io.gatehouse.appliance.journal.seal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The segment that is being written: rows, and payloads by retention class. */
final class Segment implements Closeable {
  static final int MOST_ROWS = 65_536;
  static final long MOST_PAYLOAD = 256L << 20;
  private static final int BUFFER = 65_536;

  /** A file that is written in pieces of a reasonable size. */
  private record Buffered(Disk.Growing file, ByteBuffer buffer) {
    void append(ByteBuffer bytes) throws IOException {
      if (bytes.remaining() > buffer.remaining()) {
        flush();
      }
      if (bytes.remaining() > buffer.capacity()) {
        file.append(bytes);
      } else {
        buffer.put(bytes);
      }
    }

    void flush() throws IOException {
      buffer.flip();
      if (buffer.hasRemaining()) {
        file.append(buffer);
      }
      buffer.clear();
    }

    void sync() throws IOException {
      flush();
      file.sync();
    }
  }

  private final Path directory;
  private final Disk disk;
  private final long first;
  private final Buffered rows;
  private final Map<Integer, Buffered> payloads = new HashMap<>();
  private boolean fresh = true;
  private int count;
  private long bytes;

  Segment(Path directory, Disk disk, long first) throws IOException {
    this.directory = directory;
    this.disk = disk;
    this.first = first;
    this.rows = open(directory.resolve(rows(first)));
  }

  static String rows(long first) {
    return String.format(Locale.ROOT, "%020d.rows", first);
  }

  static String payload(long first, int retention) {
    return String.format(Locale.ROOT, "%020d.%d.payload", first, retention);
  }

  private Buffered open(Path file) throws IOException {
    fresh = true;
    return new Buffered(disk.open(file), ByteBuffer.allocate(BUFFER));
  }

  /** Appends a record: the row's 128 bytes, and the payload. */
  void append(int retention, ByteBuffer row, ByteBuffer payload) throws IOException {
    Buffered file = payloads.get(retention);
    if (file == null) {
      file = open(directory.resolve(payload(first, retention)));
      payloads.put(retention, file);
    }
    count++;
    bytes += payload.remaining();
    file.append(payload);
    rows.append(row);
  }

  boolean full() {
    return count >= MOST_ROWS || bytes >= MOST_PAYLOAD;
  }

  void sync() throws IOException {
    for (Buffered file : payloads.values()) {
      file.sync();
    }
    rows.sync();
    if (fresh) {
      disk.syncDirectory(directory);
      fresh = false;
    }
  }

  @Override
  public void close() throws IOException {
    for (Buffered file : payloads.values()) {
      file.file().close();
    }
    rows.file().close();
  }
}

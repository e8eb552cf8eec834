package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.tail.Damage.What;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Reads one file of a queue by the documented bytes alone, while it is written or after. Not
 * through Chronicle, which has no checksums and follows a wrong length; and not through a mapping,
 * where a file that was cut off is a signal. Not thread-safe.
 */
final class QueueFile implements AutoCloseable {
  private static final int LEAST_WINDOW = 64 << 10;
  private static final int HEAD_START = Layout.WORD + Layout.SUM;

  private final Path path;
  private final FileChannel channel;
  private byte[] window = new byte[LEAST_WINDOW];
  private ByteBuffer view = view(window);
  private long windowStart;
  private int windowLength;
  private long position;
  private boolean stuck;

  /** What is next in the file. */
  sealed interface Step {
    /** Valid until the next step. */
    record Entry(TailEntry entry) implements Step {}

    /** Nothing there; more may come if somebody still writes. */
    record Nothing() implements Step {}

    /** Something that nobody can have written; the next step is behind it if that can be found. */
    record Wrong(Damage damage) implements Step {}
  }

  private QueueFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static QueueFile open(Path queue) throws IOException {
    Path path = queue.resolve(EpochQueue.FILE);
    return new QueueFile(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  /** The channel stays the caller's. */
  static QueueFile over(Path path, FileChannel channel) {
    return new QueueFile(path, channel);
  }

  private static ByteBuffer view(byte[] window) {
    return ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
  }

  Step step() throws IOException {
    while (!stuck && load(Layout.WORD)) {
      int word = view.getInt(offset());
      if (word == 0 || (position == 0 && word == Layout.UNFINISHED)) {
        if (windowStart < position) {
          windowLength = 0; // it was read for an earlier entry, when this one was not there yet
          continue;
        }
        windowLength = 0;
        return new Step.Nothing();
      }
      int length = word & Layout.LENGTH_BITS;
      boolean entry = (word & Layout.NO_ENTRY) == 0;
      if (word < 0
          || length > Layout.MOST_ENTRY
          || (entry && length < Layout.LEAST_ENTRY)
          || !load(Layout.WORD + length)) {
        stuck = true;
        return wrong(What.LENGTH);
      }
      if (entry) {
        return entry(length);
      }
      position += Layout.documentBytes(length);
    }
    return new Step.Nothing();
  }

  private Step entry(int length) throws IOException {
    boolean good = good(length);
    if (!good) {
      // Read while it was written, a part of the window may be older than the word before it.
      windowLength = 0;
      good = load(Layout.WORD + length) && good(length);
    }
    Step step =
        good
            ? new Step.Entry(
                new TailEntry(window, offset() + Layout.WORD + Layout.SUM, length - Layout.SUM))
            : wrong(What.CHECKSUM);
    position += Layout.documentBytes(length);
    return step;
  }

  private boolean good(int length) {
    int start = offset() + Layout.WORD;
    CRC32C sum = new CRC32C();
    sum.update(window, start + Layout.SUM, length - Layout.SUM);
    return Integer.reverseBytes(view.getInt(start)) == (int) sum.getValue();
  }

  private Step wrong(What what) {
    return new Step.Wrong(new Damage(path, position, what));
  }

  Damage damage(What what) {
    return new Damage(path, position, what);
  }

  private int offset() {
    return (int) (position - windowStart);
  }

  /** Whether the file has so many bytes at the position; they are in the window then. */
  private boolean load(int bytes) throws IOException {
    if (position >= windowStart && position + bytes <= windowStart + windowLength) {
      return true;
    }
    if (window.length < bytes) {
      window = new byte[Math.max(bytes, Math.min(2 * window.length, Layout.MOST_ENTRY))];
      view = view(window);
    }
    windowStart = position;
    windowLength = 0;
    ByteBuffer into = ByteBuffer.wrap(window);
    while (windowLength < bytes) {
      int count = channel.read(into, windowStart + windowLength);
      if (count < 0) {
        return false;
      }
      windowLength += count;
    }
    return true;
  }

  /**
   * What is behind the place where the entries end. The word before an entry is written last, so an
   * entry that was cut off is behind a word of zeros, and behind it there is nothing.
   */
  Optional<What> behind() throws IOException {
    windowLength = 0;
    boolean whole = load(Layout.WORD + Layout.LEAST_ENTRY);
    long most = Layout.WORD + Layout.MOST_ENTRY;
    if (whole && window[HEAD_START] == Layout.VERSION) {
      int payload = Integer.reverseBytes(view.getInt(HEAD_START + Layout.LENGTH));
      if (payload > 0 && payload <= Layout.MOST_PAYLOAD + Layout.TAG) {
        most = (long) Layout.WORD + Layout.LEAST_ENTRY + payload;
      }
    }
    long last = lastByte();
    if (last < position) {
      return Optional.empty();
    }
    return Optional.of(last < position + most ? What.TORN : What.BEHIND_END);
  }

  /** Where the last byte is that is not zero, at the position or behind it; -1 if none is. */
  private long lastByte() throws IOException {
    long last = -1;
    long at = position;
    ByteBuffer into = ByteBuffer.wrap(window);
    windowLength = 0;
    while (true) {
      int count = channel.read(into.clear(), at);
      if (count < 0) {
        return last;
      }
      for (int i = 0; i < count; i++) {
        if (window[i] != 0) {
          last = at + i;
        }
      }
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

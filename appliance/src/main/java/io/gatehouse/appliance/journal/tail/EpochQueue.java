package io.gatehouse.appliance.journal.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * What one event loop writes into during one epoch: a queue of one file that neither rolls nor
 * grows.
 *
 * <p>Its clock stands still, so that it never rolls. Its block is all that is ever used of the
 * file, so that there is one mapping; Chronicle maps a quarter of a block more. The file has that
 * length in written zeros before it is mapped, and so has the table of locks beside it. No other
 * process and no later one ever opens it with Chronicle: a lock that a dead process left is in
 * nobody's way.
 *
 * <p>Made, closed and synced on other threads; in between owned by the writer.
 */
final class EpochQueue implements AutoCloseable {
  /** What Chronicle calls the file when its clock stands at 1970. */
  static final String FILE = "19700101F.cq4";

  static final String TABLE = "metadata.cq4t";

  private static final int TABLE_BYTES = 128 << 10;

  /** Header and index come to less: two arrays of 4,096 places. */
  private static final int FIRST_DOCUMENTS = 128 << 10;

  /** For one more index, which would come after a million entries. */
  private static final int MARGIN = 64 << 10;

  private static final int LAST_WORDS = 64 << 10;
  private static final int RESERVED_PART = 4;

  static {
    // Chronicle prints an advertisement, watches disks on a thread of its own, and takes settings
    // from a file in the working directory, unless told otherwise.
    System.setProperty("chronicle.announcer.disable", "true");
    System.setProperty("chronicle.disk.monitor.disable", "true");
    System.setProperty("chronicle.analytics.disable", "true");
    System.setProperty("system.properties", "/dev/null");
  }

  private final Path directory;
  private final long usable;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final Pages pages;
  private final FileChannel file;
  private volatile long used = FIRST_DOCUMENTS;
  private volatile long lastSequence = -1;
  private volatile boolean broken;
  private volatile boolean lost;

  private EpochQueue(
      Path directory,
      long bytes,
      SingleChronicleQueue queue,
      ExcerptAppender appender,
      Pages pages,
      FileChannel file) {
    this.directory = directory;
    this.usable = bytes - MARGIN;
    this.queue = queue;
    this.appender = appender;
    this.pages = pages;
    this.file = file;
  }

  /**
   * Allocates, maps and touches all of it. Takes as long as a disk takes to write so much.
   *
   * @param directory of its own, which is made here and is gone again if this throws
   * @param clean whether it will be synced
   */
  static EpochQueue prepare(Path directory, long bytes, boolean clean) throws IOException {
    try {
      Files.createDirectories(directory);
      Allocation.zeros(directory.resolve(FILE), bytes + bytes / 4);
      Allocation.zeros(directory.resolve(TABLE), TABLE_BYTES);
      Allocation.sync(directory);
      Allocation.sync(parent(directory));
      Allocation.sync(parent(parent(directory)));
      return open(directory, bytes, clean);
    } catch (IOException | RuntimeException | Error e) {
      try {
        Allocation.remove(directory);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e instanceof IOException io ? io : new IOException("no queue in " + directory, e);
    }
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("the tail cannot be in the root directory");
    }
    return parent;
  }

  private static EpochQueue open(Path directory, long bytes, boolean clean) throws IOException {
    SingleChronicleQueue queue =
        SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(RollCycles.FAST_DAILY)
            .timeProvider(() -> 0L)
            .blockSize(bytes)
            .build();
    try {
      Pages pages = Pages.of(queue, bytes + bytes / 4);
      pages.touchAll();
      ExcerptAppender appender = queue.createAppender();
      // Whoever makes it is not who uses it; the writer sees to it that nobody else does.
      appender.singleThreadedCheckDisabled(true);
      FileChannel file =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (clean) {
        file.force(false); // or the first sync would write all of it again
      }
      return new EpochQueue(directory, bytes, queue, appender, pages, file);
    } catch (IOException | RuntimeException e) {
      queue.close();
      throw e;
    }
  }

  Path path() {
    return directory;
  }

  /** Whether an entry finds room, and what is held back from its kind stays free. */
  boolean fits(int entry, long heldBack) {
    return used + Layout.documentBytes(entry) + heldBack <= usable;
  }

  /** Of the end of the last file: what is not for entries of that kind. */
  long heldBack(Room room) {
    return switch (room) {
      case COMMANDS, RESULTS -> usable / RESERVED_PART;
      case COMPLETIONS -> LAST_WORDS;
      case LAST_WORDS -> 0;
    };
  }

  /** So that it goes into an empty one, and those that come meanwhile do too. */
  long mostAtOnce() {
    return usable / 2;
  }

  boolean halfFull() {
    return used > usable / 2;
  }

  /** Only what {@link #fits}. What it throws leaves a queue that is not to be written again. */
  void append(byte[] entry, int length, long sequence) {
    boolean whole = false;
    DocumentContext document = appender.writingDocument();
    try {
      Bytes<?> bytes = Objects.requireNonNull(document.wire()).bytes();
      bytes.write(entry, 0, length);
      used = bytes.writePosition();
      whole = true;
    } finally {
      if (!whole) {
        document.rollbackOnClose();
      }
      document.close();
    }
    lastSequence = sequence;
  }

  /** -1 if there is none. */
  long lastSequence() {
    return lastSequence;
  }

  void breakOff() {
    broken = true;
  }

  /** What is in it may never reach the disk: Linux forgets what it could not write. */
  void lose() {
    lost = true;
    broken = true;
  }

  /** Whether a sync has failed; another one would prove nothing. */
  boolean lost() {
    return lost;
  }

  /** Whether an error has shown that it is not to be written again. */
  boolean broken() {
    return broken;
  }

  /**
   * Returns when all that was appended before is on the disk. Linux writes what a shared mapping
   * has changed when the file is synced; length and blocks do not change, so data suffices.
   */
  void sync() throws IOException {
    file.force(false);
    pages.touchAhead(used);
  }

  /** After that the mapping is gone: nobody may append. */
  @Override
  public void close() throws IOException {
    appender.close();
    pages.close();
    queue.close();
    file.close();
  }
}

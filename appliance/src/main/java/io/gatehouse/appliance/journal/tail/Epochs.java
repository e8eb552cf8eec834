package io.gatehouse.appliance.journal.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of the tail: {@code EPOCH/LOOP/}. Held by one process at a time, by a lock that the
 * system takes from a dead one. Thread-safe.
 */
final class Epochs implements AutoCloseable {
  private static final String NUMBER = "[0-9]{1,9}";

  private final Path directory;
  private final FileChannel lock;
  private final SortedMap<Integer, List<Path>> past;
  private final long first;
  private final Map<Integer, Long> newest = new ConcurrentHashMap<>();

  private Epochs(
      Path directory, FileChannel lock, SortedMap<Integer, List<Path>> past, long first) {
    this.directory = directory;
    this.lock = lock;
    this.past = past;
    this.first = first;
  }

  static Epochs open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel lock = lock(directory.resolve("lock"));
    try {
      SortedMap<Integer, List<Path>> past = new TreeMap<>();
      long newest = -1;
      for (Path epoch : numbered(directory)) {
        newest = number(epoch);
        for (Path queue : numbered(epoch)) {
          past.computeIfAbsent((int) number(queue), loop -> new ArrayList<>()).add(queue);
        }
      }
      return new Epochs(directory, lock, past, newest + 1);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // held by this very process: the same answer
    }
    channel.close();
    throw new IOException("another process writes the journal's tail; it holds " + path);
  }

  private static List<Path> numbered(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> path.getFileName().toString().matches(NUMBER))
          .sorted(Comparator.comparingLong(Epochs::number))
          .toList();
    }
  }

  private static long number(Path path) {
    return Long.parseLong(path.getFileName().toString());
  }

  /** What earlier processes left: by loop, oldest first. */
  SortedMap<Integer, List<Path>> past() {
    return past;
  }

  /** Where the loop's next queue is to be made. */
  Path next(int loop) {
    long epoch = newest.merge(loop, first, (old, zero) -> old + 1);
    return directory.resolve(Long.toString(epoch)).resolve(Integer.toString(loop));
  }

  EpochQueue prepare(int loop, long bytes, boolean clean) throws IOException {
    Path path = next(loop);
    try {
      return EpochQueue.prepare(path, bytes, clean);
    } catch (IOException | RuntimeException e) {
      removeEmpty(path.getParent());
      throw e;
    }
  }

  /** Its queue, and the epoch if that was the last one in it. */
  void remove(Path queue) throws IOException {
    Allocation.remove(queue);
    removeEmpty(queue.getParent());
  }

  private static void removeEmpty(@Nullable Path epoch) throws IOException {
    if (epoch == null) {
      return;
    }
    try {
      Files.deleteIfExists(epoch);
    } catch (DirectoryNotEmptyException e) {
      // another loop is still in that epoch
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}

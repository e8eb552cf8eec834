package io.gatehouse.appliance.journal.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The queues that are there at a moment, for somebody who reads while another process writes. Holds
 * their files open, so that what is sealed and deleted meanwhile is still read. Takes no lock. Not
 * thread-safe.
 */
public final class TailSnapshot implements AutoCloseable {
  private static final String NUMBER = "[0-9]{1,9}";

  /** Of each loop its queues, oldest first. */
  private final TreeMap<Integer, List<Held>> loops = new TreeMap<>();

  private record Held(Path path, FileChannel channel) {}

  private TailSnapshot() {}

  public static TailSnapshot open(Path directory) throws IOException {
    TailSnapshot snapshot = new TailSnapshot();
    try {
      for (Path epoch : numbered(directory)) {
        for (Path queue : numbered(epoch)) {
          snapshot.hold(queue);
        }
      }
      return snapshot;
    } catch (IOException | RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  private void hold(Path queue) throws IOException {
    Path path = queue.resolve(EpochQueue.FILE);
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      loops.computeIfAbsent(number(queue), _ -> new ArrayList<>()).add(new Held(path, channel));
    } catch (NoSuchFileException e) {
      // Sealed and deleted since it was listed, or nothing was ever in it.
    }
  }

  private static List<Path> numbered(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            directory, path -> path.getFileName().toString().matches(NUMBER))) {
      entries.forEach(found::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    found.sort(Comparator.comparingInt(TailSnapshot::number));
    return found;
  }

  private static int number(Path path) {
    return Integer.parseInt(path.getFileName().toString());
  }

  /** Takes entries as they come. */
  public interface Visitor {
    /**
     * @param entry valid until this returns
     * @return whether to go on
     */
    boolean visit(TailEntry entry) throws IOException;
  }

  /** What is behind a sequence, in order; damaged entries are left out, the verifier names them. */
  public void visit(long behind, Visitor visitor) throws IOException {
    List<Chain> chains = new ArrayList<>();
    for (List<Held> queues : loops.values()) {
      chains.add(new Chain(queues));
    }
    long last = behind;
    while (true) {
      Chain lowest = null;
      for (Chain chain : chains) {
        TailEntry head = chain.behind(last);
        if (head != null && (lowest == null || head.sequence() < lowest.sequence())) {
          lowest = chain;
        }
      }
      if (lowest == null) {
        return;
      }
      last = lowest.sequence();
      if (!visitor.visit(lowest.taken())) {
        return;
      }
    }
  }

  /** The queues of one loop, one behind the other. */
  private static final class Chain {
    private final List<Held> queues;
    private int next;
    private @Nullable QueueFile file;
    private @Nullable TailEntry head;

    Chain(List<Held> queues) {
      this.queues = queues;
    }

    long sequence() {
      return taken().sequence();
    }

    TailEntry taken() {
      if (head == null) {
        throw new IllegalStateException("no entry is there");
      }
      return head;
    }

    @Nullable TailEntry behind(long sequence) throws IOException {
      while (head == null || head.sequence() <= sequence) {
        head = null;
        if (file == null) {
          if (next == queues.size()) {
            return null;
          }
          Held held = queues.get(next++);
          file = QueueFile.over(held.path(), held.channel());
        }
        switch (file.step()) {
          case QueueFile.Step.Entry(TailEntry entry) -> head = entry;
          case QueueFile.Step.Wrong(Damage damage) -> {
            if (damage.what() == Damage.What.LENGTH) {
              file = null;
            }
          }
          case QueueFile.Step.Nothing() -> file = null;
        }
      }
      return head;
    }
  }

  @Override
  public void close() throws IOException {
    for (List<Held> queues : loops.values()) {
      for (Held held : queues) {
        held.channel().close();
      }
    }
  }
}

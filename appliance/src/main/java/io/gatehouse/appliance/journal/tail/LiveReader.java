package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.tail.Damage.What;
import io.gatehouse.appliance.journal.tail.PastReader.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Merges what the loops of this process write, in exact sequence: an entry is there when all before
 * it are, or were given up. Not thread-safe; the writers go on meanwhile.
 */
final class LiveReader implements AutoCloseable {
  private final List<Chain> chains = new ArrayList<>();
  private final List<Finished> finished = new ArrayList<>();
  private final Consumer<Damage> damages;
  private final LongPredicate abandoned;
  private final long from;
  private long next;

  /**
   * Reads nothing yet.
   *
   * @param from what is before it is left out
   * @param queues for each loop those that its writer has begun, in order; taken from here
   * @param abandoned whether a sequence was given out and will never be written
   */
  LiveReader(
      long from, List<Queue<Path>> queues, LongPredicate abandoned, Consumer<Damage> damages) {
    this.from = from;
    next = from;
    this.abandoned = abandoned;
    this.damages = damages;
    queues.forEach(coming -> chains.add(new Chain(coming)));
  }

  /** Valid until the next call. Empty if it is not there yet; does not wait. */
  Optional<TailEntry> next() throws IOException {
    while (true) {
      // Asked first: a writer gives up a sequence after its last attempt to write it.
      boolean gone = abandoned.test(next);
      for (Chain chain : chains) {
        TailEntry entry = chain.head();
        if (entry != null && entry.sequence() == next) {
          chain.taken();
          next++;
          return Optional.of(entry);
        }
      }
      if (!gone) {
        return Optional.empty();
      }
      next++;
    }
  }

  List<Finished> finished() {
    List<Finished> done = List.copyOf(finished);
    finished.clear();
    return done;
  }

  @Override
  public void close() throws IOException {
    for (Chain chain : chains) {
      chain.closeFile();
    }
  }

  private final class Chain {
    private final Queue<Path> coming;
    private @Nullable QueueFile file;
    private @Nullable Path queue;
    private @Nullable TailEntry head;
    private long last = -1;

    Chain(Queue<Path> coming) {
      this.coming = coming;
    }

    void taken() {
      head = null;
    }

    @Nullable TailEntry head() throws IOException {
      while (head == null && (file != null || begin())) {
        // Asked before the step: what is in this queue was there before the next one was begun.
        boolean last = !coming.isEmpty();
        if (!step(Objects.requireNonNull(file))) {
          if (!last) {
            return null;
          }
          finish();
        }
      }
      return head;
    }

    private boolean begin() throws IOException {
      queue = coming.poll();
      if (queue == null) {
        return false;
      }
      file = QueueFile.open(queue);
      return true;
    }

    /** Whether there may be more. */
    private boolean step(QueueFile from) throws IOException {
      return switch (from.step()) {
        case QueueFile.Step.Entry(TailEntry entry) -> {
          take(entry, from);
          yield true;
        }
        case QueueFile.Step.Wrong(Damage damage) -> {
          damages.accept(damage);
          yield true;
        }
        case QueueFile.Step.Nothing() -> false;
      };
    }

    private void take(TailEntry entry, QueueFile from) {
      long sequence = entry.sequence();
      boolean before = sequence < LiveReader.this.from;
      if (sequence <= last || (!before && sequence < next)) {
        damages.accept(from.damage(What.ORDER));
        return;
      }
      last = sequence;
      if (!before) {
        head = entry;
      }
    }

    private void finish() throws IOException {
      if (queue != null) {
        finished.add(new Finished(queue, last));
      }
      closeFile();
    }

    private void closeFile() throws IOException {
      if (file != null) {
        file.close();
        file = null;
      }
    }
  }
}

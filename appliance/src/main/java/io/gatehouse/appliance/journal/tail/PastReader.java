package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.tail.Damage.What;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Merges what earlier processes left, by sequence, in constant memory. Not thread-safe. */
final class PastReader implements AutoCloseable {
  private final List<Chain> chains = new ArrayList<>();
  private final List<Finished> finished = new ArrayList<>();
  private final Consumer<Damage> damages;
  private final long from;
  private long next;
  private @Nullable Chain taken;

  /** A queue that is read to its end. */
  record Finished(Path queue, long lastSequence) {}

  /**
   * Reads nothing yet.
   *
   * @param from what is below it is sealed and is left out
   */
  PastReader(Epochs epochs, long from, Consumer<Damage> damages) {
    this.damages = damages;
    this.from = from;
    next = from;
    epochs.past().values().forEach(queues -> chains.add(new Chain(queues)));
  }

  /** Everything at once, but for the entries themselves. */
  static Recovered survey(Epochs epochs, long from) throws IOException {
    List<Damage> damages = new ArrayList<>();
    List<Hole> holes = new ArrayList<>();
    long entries = 0;
    long expected = from;
    try (PastReader reader = new PastReader(epochs, from, damages::add)) {
      Optional<TailEntry> entry = reader.next();
      while (entry.isPresent()) {
        long sequence = entry.get().sequence();
        if (sequence > expected) {
          holes.add(new Hole(expected, sequence - 1));
        }
        expected = sequence + 1;
        entries++;
        entry = reader.next();
      }
    }
    OptionalLong highest = entries == 0 ? OptionalLong.empty() : OptionalLong.of(expected - 1);
    return new Recovered(entries, highest, holes, damages);
  }

  /** Valid until the next call. Empty for good once it is empty. */
  Optional<TailEntry> next() throws IOException {
    if (taken != null) {
      taken.advance();
      taken = null;
    }
    Chain lowest = lowest();
    while (lowest != null) {
      TailEntry entry = lowest.head();
      long sequence = entry.sequence();
      if (sequence >= next) {
        next = sequence + 1;
        taken = lowest;
        return Optional.of(entry);
      }
      if (sequence >= from) {
        lowest.complain(What.ORDER);
      }
      lowest.advance();
      lowest = lowest();
    }
    return Optional.empty();
  }

  private @Nullable Chain lowest() throws IOException {
    Chain lowest = null;
    for (Chain chain : chains) {
      if (chain.present() && (lowest == null || chain.sequence() < lowest.sequence())) {
        lowest = chain;
      }
    }
    return lowest;
  }

  /** Those that are read to the end since the last call. */
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

  /** The queues of one loop, one behind the other. */
  private final class Chain {
    private final Deque<Path> queues;
    private @Nullable QueueFile file;
    private @Nullable TailEntry head;
    private long last = -1;

    Chain(List<Path> queues) {
      this.queues = new ArrayDeque<>(queues);
    }

    boolean present() throws IOException {
      if (head == null) {
        advance();
      }
      return head != null;
    }

    TailEntry head() {
      if (head == null) {
        throw new IllegalStateException("no entry is there");
      }
      return head;
    }

    long sequence() {
      return head().sequence();
    }

    void complain(What what) {
      if (file != null) {
        damages.accept(file.damage(what));
      }
    }

    void advance() throws IOException {
      head = null;
      while (head == null && opened()) {
        QueueFile open = Objects.requireNonNull(file);
        switch (open.step()) {
          case QueueFile.Step.Entry(TailEntry entry) -> take(entry);
          case QueueFile.Step.Wrong(Damage damage) -> {
            damages.accept(damage);
            if (damage.what() == What.LENGTH) {
              finish();
            }
          }
          case QueueFile.Step.Nothing() -> {
            open.behind().ifPresent(what -> damages.accept(open.damage(what)));
            finish();
          }
        }
      }
    }

    private void take(TailEntry entry) {
      if (entry.sequence() <= last) {
        complain(What.ORDER);
        return;
      }
      last = entry.sequence();
      head = entry;
    }

    private boolean opened() throws IOException {
      while (file == null && !queues.isEmpty()) {
        try {
          file = QueueFile.open(queues.getFirst());
        } catch (NoSuchFileException e) {
          // The process died while it made the queue: nothing was ever in it.
          finish();
        }
      }
      return file != null;
    }

    private void finish() throws IOException {
      finished.add(new Finished(queues.removeFirst(), last));
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

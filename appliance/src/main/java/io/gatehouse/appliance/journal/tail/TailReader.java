package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.tail.PastReader.Finished;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * All entries that are not sealed, in sequence: first what earlier processes left, with the holes
 * that {@link Recovered} names, then what this one writes, without any but those of a {@link Gap}.
 * Owned by the thread that seals.
 */
public final class TailReader implements AutoCloseable {
  private final Remover remover;
  private final PastReader past;
  private final LiveReader live;
  private final List<Finished> finished = new ArrayList<>();
  private boolean inPast = true;

  /** Deletes a queue that is done with. */
  @FunctionalInterface
  interface Remover {
    void remove(Path queue) throws IOException;
  }

  TailReader(Remover remover, PastReader past, LiveReader live) {
    this.remover = remover;
    this.past = past;
    this.live = live;
  }

  /** Valid until the next call. Empty if the next one is not there yet; does not wait. */
  public Optional<TailEntry> next() throws IOException {
    if (inPast) {
      Optional<TailEntry> entry = past.next();
      if (entry.isPresent()) {
        return entry;
      }
      inPast = false;
    }
    return live.next();
  }

  /** Whether all that earlier processes left has been read. */
  public boolean caughtUp() {
    return !inPast;
  }

  /** Deletes the queues that have nothing above the sequence and are not written any more. */
  public void sealed(long sequence) throws IOException {
    finished.addAll(past.finished());
    finished.addAll(live.finished());
    Iterator<Finished> each = finished.iterator();
    while (each.hasNext()) {
      Finished done = each.next();
      if (done.lastSequence() <= sequence) {
        remover.remove(done.queue());
        each.remove();
      }
    }
  }

  @Override
  public void close() throws IOException {
    past.close();
    live.close();
  }
}

package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is written ahead of everything else: a writer for each event loop, one reader for who seals,
 * one sequence, and one state that the path of a command asks. Thread-safe; opening, resuming and
 * closing wait for a disk.
 */
public final class Tail implements AutoCloseable {
  private static final TailState RUNNING = new TailState.Running();

  private final TailConfig config;
  private final InstantSource clock;
  private final TailListener listener;
  private final Epochs epochs;
  private final Preparer preparer;
  private final Recovered recovered;
  private final List<TailWriter> writers = new ArrayList<>();
  private final Sequence sequence;
  private final long firstSequence;
  private final OptionalLong recoverySequence;
  private final AtomicReference<TailState> state = new AtomicReference<>(RUNNING);
  private final LongAdder refused = new LongAdder();
  private final NavigableSet<Long> abandoned = new ConcurrentSkipListSet<>();
  private final NavigableSet<Long> abandonedSinceGap = new ConcurrentSkipListSet<>();

  private Tail(
      TailConfig config,
      InstantSource clock,
      TailListener listener,
      Epochs epochs,
      Recovered recovered) {
    this.config = config;
    this.clock = clock;
    this.listener = listener;
    this.epochs = epochs;
    this.recovered = recovered;
    preparer = new Preparer(epochs, config.epochBytes(), !(config.syncing() instanceof Syncing.Os));
    OptionalLong highest = recovered.highest();
    long unused = highest.isPresent() ? highest.getAsLong() + 1 : 0;
    long next = Math.max(config.nextSequence(), unused);
    boolean clean = recovered.entries() == 0 && recovered.damages().isEmpty();
    recoverySequence = clean ? OptionalLong.empty() : OptionalLong.of(next);
    firstSequence = clean ? next : next + 1;
    sequence = new Sequence(firstSequence, clock);
  }

  /**
   * Reads what earlier processes left, and makes a first queue for each loop.
   *
   * @param loops where each writer's receipts are run, one after the other
   * @throws IOException if another process has it, if what is left cannot be read, or if there is
   *     no room for the first queues
   */
  public static Tail open(
      TailConfig config, InstantSource clock, List<Executor> loops, TailListener listener)
      throws IOException {
    Epochs epochs = Epochs.open(config.directory());
    try {
      Recovered recovered = PastReader.survey(epochs, config.nextSequence());
      Tail tail = new Tail(config, clock, listener, epochs, recovered);
      tail.start(loops);
      return tail;
    } catch (IOException | RuntimeException e) {
      epochs.close();
      throw e;
    }
  }

  private void start(List<Executor> loops) throws IOException {
    try {
      for (Executor loop : loops) {
        int number = writers.size();
        EpochQueue first = preparer.first(number);
        Composer composer = new Composer(config.boot(), config.node());
        TailWriter writer = new TailWriter(this, config.syncing(), number, loop, composer);
        writers.add(writer);
        writer.start(first);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no AES-GCM", e);
    } catch (IOException e) {
      for (TailWriter writer : writers) {
        writer.close();
      }
      throw e;
    }
    preparer.start();
  }

  public TailWriter writer(int loop) {
    return writers.get(loop);
  }

  /** All that is not sealed. One at a time. */
  public TailReader reader() {
    return readerBehind(config.nextSequence() - 1);
  }

  /** The same from the first entry with a greater sequence on; the reader before is closed. */
  public TailReader readerBehind(long sequence) {
    long from = Math.max(sequence + 1, config.nextSequence());
    List<Queue<Path>> queues = writers.stream().map(TailWriter::queues).toList();
    return new TailReader(
        this::forget,
        new PastReader(epochs, from, damage -> {}),
        new LiveReader(Math.max(from, firstSequence), queues, abandoned::contains, this::damaged));
  }

  private void forget(Path queue) throws IOException {
    epochs.remove(queue);
    writers.forEach(writer -> writer.forget(queue));
  }

  /** The number of the record that says what was found; empty if there is nothing to say. */
  public OptionalLong recoverySequence() {
    return recoverySequence;
  }

  /** Whether all of these were given out and given up. */
  public boolean abandoned(long first, long last) {
    for (long one = first; one <= last; one++) {
      if (!abandoned.contains(one)) {
        return false;
      }
    }
    return true;
  }

  private void damaged(Damage damage) {
    listener.damaged(damage);
    stop(StopReason.DAMAGED, damage.file() + " at " + damage.offset());
  }

  public Recovered recovered() {
    return recovered;
  }

  /** Whether anything that begins something would be taken now. */
  public TailState state() {
    return state.get();
  }

  /** Until {@link #resume}. The first reason stays. */
  public void stop(StopReason reason, String detail) {
    TailState.Stopped stopped = new TailState.Stopped(reason, detail, clock.instant());
    if (state.compareAndSet(RUNNING, stopped)) {
      listener.stopped(stopped);
      writers.forEach(TailWriter::wake);
    }
  }

  /**
   * Goes on if every writer can: each gets a fresh queue to go on with. Waits for a disk.
   *
   * @return what to put on record first; empty if nothing had stopped
   * @throws IOException if there is still a reason not to
   */
  public synchronized Optional<Gap> resume() throws IOException {
    if (!(state.get() instanceof TailState.Stopped stopped)) {
      return Optional.empty();
    }
    if (stopped.reason() == StopReason.DAMAGED) {
      throw new IOException("an entry is lost; only a restart finds which, and says so on record");
    }
    prepare(stopped);
    Instant now = clock.instant();
    List<Long> given = new ArrayList<>();
    for (Long one = abandonedSinceGap.pollFirst();
        one != null;
        one = abandonedSinceGap.pollFirst()) {
      given.add(one);
    }
    Gap gap = new Gap(stopped.since(), now, stopped.reason(), refused.sumThenReset(), given);
    if (!state.compareAndSet(stopped, RUNNING)) {
      return Optional.empty();
    }
    listener.resumed(gap);
    return Optional.of(gap);
  }

  /** What was too fast is told by another reason where the next files cannot be made at all. */
  private void prepare(TailState.Stopped stopped) throws IOException {
    try {
      for (TailWriter writer : writers) {
        preparer.prepare(writer);
      }
    } catch (IOException e) {
      if (stopped.reason() == StopReason.TOO_FAST) {
        String why = String.valueOf(e.getMessage());
        state.compareAndSet(
            stopped, new TailState.Stopped(StopReason.NO_SPACE, why, stopped.since()));
      }
      throw e;
    }
  }

  void admit(Kind kind) throws JournalStopped {
    switch (state.get()) {
      case TailState.Running() -> {}
      case TailState.Stopped stopped -> {
        if (!Room.of(kind).admittedAfter(stopped.reason())) {
          throw refused();
        }
      }
      case TailState.Closed() -> throw refused();
    }
  }

  JournalStopped refused() {
    refused.increment();
    return new JournalStopped(state.get());
  }

  JournalStopped stopAndRefuse(StopReason reason, String detail) {
    stop(reason, detail);
    return refused();
  }

  Sequence.Given claim() {
    return sequence.claim();
  }

  void abandon(long given) {
    abandonedSinceGap.add(given);
    abandoned.add(given);
  }

  void wantNext(TailWriter writer) {
    preparer.want(writer);
  }

  void remove(Path queue) throws IOException {
    epochs.remove(queue);
  }

  /** Nothing is taken after; what was taken is synced. The reader may go on until it is closed. */
  @Override
  public synchronized void close() throws IOException {
    if (state.getAndSet(new TailState.Closed()) instanceof TailState.Closed) {
      return;
    }
    preparer.close();
    for (TailWriter writer : writers) {
      writer.close();
    }
    epochs.close();
  }
}

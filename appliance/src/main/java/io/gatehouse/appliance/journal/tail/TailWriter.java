package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.key.Cover;
import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop writes with. Owned by that loop; never waits for a disk. Its lock is there
 * for {@link #close} only, which must not take the file from under an append.
 */
public final class TailWriter {
  /** The longest payload of an entry, before it is encrypted. */
  public static final int MOST_PAYLOAD = Layout.MOST_PAYLOAD;

  private final Tail tail;
  private final int number;
  private final Syncing syncing;
  private final Executor loop;
  private final Composer composer;
  private final Syncer syncer;
  private final AtomicReference<@Nullable EpochQueue> next = new AtomicReference<>();

  /** Those that are not deleted yet, in order. */
  private final List<Path> begun = new ArrayList<>();

  /** Who reads them is told of each. */
  private Queue<Path> told = new ConcurrentLinkedQueue<>();

  private final Deque<Pending> pending = new ArrayDeque<>();
  private volatile @Nullable EpochQueue current;
  private volatile Optional<String> noNext = Optional.empty();
  private volatile long appended = -1;
  private long lost = -1;

  /** More files than this that are not sealed are let grow by what cannot wait only. */
  private static final int MOST_UNSEALED = 8;

  /** What goes on when there is room; on the loop. */
  private final Set<Runnable> waiting = new LinkedHashSet<>();

  private volatile boolean waits;

  private record Pending(long sequence, Receipt receipt) {}

  TailWriter(Tail tail, Syncing syncing, int number, Executor loop, Composer composer) {
    this.tail = tail;
    this.number = number;
    this.syncing = syncing;
    this.loop = loop;
    this.composer = composer;
    syncer = new Syncer(this, syncing, number);
  }

  int number() {
    return number;
  }

  void start(EpochQueue first) {
    begin(first);
    syncer.start();
  }

  private synchronized void begin(EpochQueue queue) {
    begun.add(queue.path());
    told.add(queue.path());
    current = queue;
    tail.wantNext(this);
  }

  /**
   * Writes an entry. When this returns it outlives the process; {@link #whenDurable} says when it
   * outlives a loss of power.
   *
   * @param session zeros if there is none
   * @param answers the sequence of what this completes; -1 if nothing
   * @param payload stays the caller's; 1 MiB at the most
   * @return its sequence
   * @throws JournalStopped if it was not written, and what it is about must not happen
   */
  public synchronized long append(
      Kind kind, UUID session, Cover cover, long answers, byte[] payload, int offset, int length)
      throws JournalStopped {
    Objects.checkFromIndexSize(offset, length, payload.length);
    check(kind, cover, length);
    int bytes = Composer.entryBytes(cover, length);
    EpochQueue queue = roomFor(kind, bytes);
    Sequence.Given given = tail.claim();
    long sequence = given.number();
    try {
      Composer.Row row = new Composer.Row(kind, session, answers, given);
      composer.compose(row, cover, payload, offset, length);
      queue.append(composer.entry(), bytes, sequence);
    } catch (GeneralSecurityException | RuntimeException | Error e) {
      queue.breakOff();
      tail.abandon(sequence);
      throw tail.stopAndRefuse(StopReason.APPEND_FAILED, queue.path() + ": " + e);
    }
    appended = sequence;
    return sequence;
  }

  /**
   * Makes sure that a long record, which is written in parts, does not stop the journal for want of
   * files.
   *
   * @throws NoRoom if it would, or if it is longer than half of a file
   */
  public void requireRoom(int bytes) throws NoRoom {
    EpochQueue queue = current;
    boolean room =
        queue != null
            && queue.mostAtOnce() >= bytes
            && (next.get() != null || queue.fits(bytes, queue.heldBack(Room.COMMANDS)));
    if (!room) {
      throw noRoom(bytes);
    }
  }

  /** For a record that cannot be written at any time. */
  public NoRoom noRoom(long bytes) {
    return new NoRoom(tail.state(), bytes);
  }

  private static void check(Kind kind, Cover cover, int length) {
    if (kind.payload() == Kind.Payload.SECRET != cover instanceof DataKey) {
      throw new IllegalArgumentException(
          kind
              + (kind.payload() == Kind.Payload.SECRET
                  ? " is always encrypted"
                  : " is never encrypted"));
    }
    if (length > Layout.MOST_PAYLOAD) {
      throw new IllegalArgumentException("a payload of " + length + " bytes, over 1 MiB");
    }
    if (cover instanceof DataKey key && key.isDestroyed()) {
      throw new IllegalStateException("the data key " + key.id() + " is destroyed");
    }
  }

  /** A queue that has it; nothing has happened yet if there is none. */
  private EpochQueue roomFor(Kind kind, int bytes) throws JournalStopped {
    tail.admit(kind);
    EpochQueue queue = current;
    if (queue == null) {
      throw tail.refused();
    }
    boolean ready = next.get() != null;
    Room room = Room.of(kind);
    if (room == Room.COMMANDS && !ready && queue.halfFull() && noNext.isPresent()) {
      throw tail.stopAndRefuse(StopReason.NO_SPACE, noNext.get());
    }
    if (!queue.broken() && queue.fits(bytes, ready ? 0 : queue.heldBack(room))) {
      return queue;
    }
    if (room == Room.RESULTS && !ready) {
      throw tail.refused();
    }
    return successor(queue);
  }

  private EpochQueue successor(EpochQueue full) throws JournalStopped {
    EpochQueue successor = next.getAndSet(null);
    if (successor == null) {
      throw noNext.isPresent()
          ? tail.stopAndRefuse(StopReason.NO_SPACE, noNext.get())
          : tail.stopAndRefuse(StopReason.TOO_FAST, full.path() + " is full");
    }
    begin(successor);
    syncer.retire(full);
    return successor;
  }

  /**
   * On the loop: whether what can wait should. Half of a file is left then for what cannot, until
   * the next one is there.
   */
  public synchronized boolean crowded() {
    EpochQueue queue = current;
    if (queue == null || noNext.isPresent() || !(tail.state() instanceof TailState.Running)) {
      return false;
    }
    return begun.size() > MOST_UNSEALED || (next.get() == null && queue.halfFull());
  }

  /** On the loop: runs it there, once, when that has passed. */
  public void whenRoom(Runnable task) {
    waiting.add(task);
    waits = true;
    // Whoever made room meanwhile saw nobody wait.
    wake();
  }

  /** From any thread: it may have passed. */
  void wake() {
    if (waits) {
      onLoop(this::goOn);
    }
  }

  private void goOn() {
    if (!crowded()) {
      waits = false;
      List<Runnable> all = List.copyOf(waiting);
      waiting.clear();
      all.forEach(Runnable::run);
    }
  }

  /** On the loop. In the setting {@code os} the answer comes before this returns. */
  public void whenDurable(long sequence, Receipt receipt) {
    if (syncing instanceof Syncing.Os) {
      receipt.durable();
      return;
    }
    synchronized (this) {
      if (sequence > lost) {
        pending.add(new Pending(sequence, receipt));
        syncer.want(sequence);
        return;
      }
    }
    receipt.lost(StopReason.SYNC_FAILED);
  }

  /** On the thread that syncs: what was appended up to there is safe, unless it was lost before. */
  void settleLater(long sequence) {
    onLoop(() -> take(sequence).forEach(settled -> settled.receipt.durable()));
  }

  /** On the thread that syncs. */
  void syncFailed(EpochQueue queue, Exception e) {
    // First of all: what began now would go to the next file, whose sync fails too, and there would
    // be none left for how it ended.
    tail.stop(StopReason.SYNC_FAILED, queue.path() + ": " + e.getMessage());
    // Not in the middle of an append that was admitted before that.
    synchronized (this) {
      queue.lose();
    }
    onLoop(() -> lose(queue));
  }

  private void lose(EpochQueue queue) {
    synchronized (this) {
      lost = Math.max(lost, queue.lastSequence());
    }
    take(queue.lastSequence()).forEach(one -> one.receipt.lost(StopReason.SYNC_FAILED));
  }

  private synchronized Deque<Pending> take(long sequence) {
    Deque<Pending> taken = new ArrayDeque<>();
    while (!pending.isEmpty() && pending.getFirst().sequence <= sequence) {
      taken.add(pending.removeFirst());
    }
    return taken;
  }

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // The loop has ended, and with it everything that waited for a receipt.
    }
  }

  /** The last sequence that this writer has written. */
  long appended() {
    return appended;
  }

  Optional<EpochQueue> current() {
    return Optional.ofNullable(current);
  }

  /** The queues that are there, and those that will be begun; for one reader at a time. */
  synchronized Queue<Path> queues() {
    told = new ConcurrentLinkedQueue<>(begun);
    return told;
  }

  synchronized List<Path> begun() {
    return List.copyOf(begun);
  }

  void forget(Path queue) {
    synchronized (this) {
      begun.remove(queue);
    }
    wake();
  }

  boolean hasNext() {
    return next.get() != null;
  }

  /** On the thread that prepares. */
  void offer(EpochQueue prepared) {
    next.set(prepared);
    noNext = Optional.empty();
    wake();
  }

  /** On the thread that prepares. */
  void noNext(String why) {
    noNext = Optional.of(why);
    wake();
  }

  /** Waits for an append that has begun; nothing is appended after. */
  void close() throws IOException {
    synchronized (this) {
      EpochQueue last = current;
      if (last != null) {
        current = null;
        syncer.retire(last);
      }
    }
    syncer.close();
    EpochQueue unused = next.getAndSet(null);
    if (unused != null) {
      unused.close();
      tail.remove(unused.path());
    }
  }
}

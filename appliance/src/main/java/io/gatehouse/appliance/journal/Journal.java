package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.keep.KeepPlan;
import io.gatehouse.appliance.journal.keep.KeptJournal;
import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.key.DataKeys;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.record.RecorderRecord;
import io.gatehouse.appliance.journal.seal.RefusedException;
import io.gatehouse.appliance.journal.seal.Sealer;
import io.gatehouse.appliance.journal.tail.Gap;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Receipt;
import io.gatehouse.appliance.journal.tail.StopReason;
import io.gatehouse.appliance.journal.tail.Tail;
import io.gatehouse.appliance.journal.tail.TailConfig;
import io.gatehouse.appliance.journal.tail.TailState;
import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of this node. Opened and closed by ordinary threads; sessions are opened on event
 * loops. What it cannot write does not happen.
 */
public final class Journal implements KeptJournal, AutoCloseable {
  private static final UUID NO_SESSION = new UUID(0, 0);
  private static final long SECONDS = 30;
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.journal");

  private final JournalPlan plan;
  private final UUID boot;
  private final DataKeys keys;
  private final Tail tail;
  private final UnsealedTail source;
  private final Sealer sealer;
  private final DataKey own;

  @SuppressWarnings("ThreadLocalUsage") // a process has one journal, tests have several
  private final ThreadLocal<LoopJournal> ofLoop = new ThreadLocal<>();

  private final List<Executor> loops;
  private final List<Chore> chores = new CopyOnWriteArrayList<>();
  private final JournalEvents events;
  private final Thread keeper =
      Thread.ofPlatform().daemon().name("journal-keeper").unstarted(this::keep);
  private volatile boolean closed;

  /** That is over and not on record yet. The keeper's, and after it who closes. */
  private Optional<Gap> unsaid = Optional.empty();

  private volatile long started = SessionJournal.NOTHING;

  /** What is looked after every second, on the journal's own thread, which may wait. */
  public interface Chore {
    /**
     * @throws IOException if it is to be tried again the next time
     */
    void tick(Journal journal) throws IOException;
  }

  /** What writes, and what takes over from it. */
  private record Parts(Tail tail, UnsealedTail source, Sealer sealer, JournalEvents events) {}

  private Journal(
      JournalPlan plan, UUID boot, DataKeys keys, DataKey own, Parts parts, List<Executor> loops) {
    this.plan = plan;
    this.boot = boot;
    this.keys = keys;
    this.own = own;
    this.tail = parts.tail;
    this.source = parts.source;
    this.sealer = parts.sealer;
    this.loops = List.copyOf(loops);
    this.events = parts.events;
  }

  /**
   * Finds out what the last process left, and starts to write behind it.
   *
   * @param loops where sessions live; each runs its tasks one after the other, on one thread
   * @param started the first record
   * @throws IOException if it cannot be written, or somebody has to look at it first
   */
  public static Journal open(
      JournalPlan plan, List<Executor> loops, RecorderRecord.RecorderStarted started)
      throws IOException {
    Clock clock = Clock.systemUTC();
    KeyEncryptionKey current = plan.wrapping().getFirst();
    DataKeys keys =
        DataKeys.open(
            plan.keys(), current, plan.wrapping().subList(1, plan.wrapping().size()), clock);
    try {
      DataKey own = await(keys.make(NO_SESSION, plan.keeping().retention().standard().number()));
      JournalEvents events = new JournalEvents();
      List<VerifierKey> former = plan.keeping().formerKeys().keys();
      boolean signedByOther = KeyEvents.signedByOther(plan);
      long next = Sealer.lastSequence(plan.directory(), plan.signing(), former) + 1;
      UUID boot = UUID.randomUUID();
      TailConfig config =
          new TailConfig(
              plan.directory().resolve("tail"),
              plan.node(),
              boot,
              plan.epochBytes(),
              plan.syncing(),
              next);
      Optional<LastStart> last = LastStart.read(config.directory());
      LastStart now = LastStart.now(plan.syncing(), loops.size());
      Tail tail = Tail.open(config, clock, loops, events);
      now.write(config.directory());
      UnsealedTail source = new UnsealedTail(tail);
      Sealer sealer =
          Sealer.start(
              new Sealer.Settings(
                  plan.directory(),
                  plan.signing(),
                  former,
                  plan.every(),
                  plan.every(),
                  plan.anchors()),
              source,
              Recoveries.of(tail, config, last, now, clock),
              events);
      Journal journal =
          new Journal(plan, boot, keys, own, new Parts(tail, source, sealer, events), loops);
      journal.start(started);
      KeyEvents.record(journal, plan, signedByOther);
      return journal;
    } catch (IOException | RuntimeException e) {
      keys.close();
      throw e;
    } catch (RefusedException e) {
      keys.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  private void start(RecorderRecord.RecorderStarted first) throws IOException {
    List<CompletableFuture<Void>> ready = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      LoopJournal writer = new LoopJournal(tail.writer(i));
      ready.add(CompletableFuture.runAsync(() -> ofLoop.set(writer), loops.get(i)));
    }
    for (CompletableFuture<Void> one : ready) {
      await(one);
    }
    this.started = write(first);
    TimeKeeping time = new TimeKeeping(KernelClock::ask);
    time.tick(this);
    look(time);
    keeper.start();
  }

  /** Has something looked after from now on, until the journal is closed. */
  public void look(Chore chore) {
    chores.add(chore);
  }

  private static <T> T await(CompletableFuture<T> one) throws IOException {
    try {
      return one.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
    } catch (TimeoutException e) {
      throw new IOException("the journal's disk did not answer within " + SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * A journal for a session, whose keys are on the disk when the stage completes, on a thread of
   * the keys'. Called on the session's event loop, on which it is to be used.
   */
  public CompletableFuture<SessionJournal> session() {
    return session(UUID.randomUUID());
  }

  /** The same under an id that nothing had before. */
  public CompletableFuture<SessionJournal> session(UUID session) {
    LoopJournal loop = loop();
    return SessionKeys.make(keys, session, plan.keeping().retention())
        .thenApply(made -> new SessionJournal(loop, session, made.standard(), made.byName()));
  }

  /**
   * Writes what belongs to no session, on an event loop.
   *
   * @throws JournalStopped if it was not written
   */
  public long append(JournalRecord one) throws JournalStopped {
    return loop().append(one, NO_SESSION, Covers.of(one.kind(), own), SessionJournal.NOTHING);
  }

  private LoopJournal loop() {
    LoopJournal writer = ofLoop.get();
    if (writer == null) {
      throw new IllegalStateException("not on an event loop of the journal");
    }
    return writer;
  }

  /** The same from a thread that may wait. */
  public void record(JournalRecord one) throws IOException {
    write(one);
  }

  @Override
  public long write(JournalRecord one) throws IOException {
    return await(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return append(one);
              } catch (JournalStopped e) {
                throw new IllegalStateException(e.getMessage(), e);
              }
            },
            loops.getFirst()));
  }

  /**
   * The same from any thread, which is not held: done when it is as safe as the setting promises.
   */
  public CompletableFuture<Long> keep(JournalRecord one) {
    CompletableFuture<Long> kept = new CompletableFuture<>();
    try {
      loops.getFirst().execute(() -> keep(one, kept));
    } catch (RejectedExecutionException e) {
      kept.completeExceptionally(new IOException("the journal is closed", e));
    }
    return kept;
  }

  private void keep(JournalRecord one, CompletableFuture<Long> kept) {
    try {
      long sequence = append(one);
      loop()
          .whenDurable(
              sequence,
              new Receipt() {
                @Override
                public void durable() {
                  kept.complete(sequence);
                }

                @Override
                public void lost(StopReason reason) {
                  kept.completeExceptionally(new IOException("the journal stopped: " + reason));
                }
              });
    } catch (JournalStopped | RuntimeException e) {
      kept.completeExceptionally(new IOException(String.valueOf(e.getMessage()), e));
    }
  }

  @Override
  public long started() {
    return started;
  }

  @Override
  public long sealed() {
    return source.sealed();
  }

  @Override
  public Path directory() {
    return plan.directory();
  }

  @Override
  public long node() {
    return plan.node();
  }

  @Override
  public List<VerifierKey> signedBy() {
    List<VerifierKey> all = new ArrayList<>(List.of(plan.signing().verifier()));
    all.addAll(plan.keeping().formerKeys().keys());
    return all;
  }

  @Override
  public DataKeys keys() {
    return keys;
  }

  @Override
  public UUID boot() {
    return boot;
  }

  @Override
  public KeepPlan plan() {
    return plan.keeping();
  }

  /** Whether commands may run. */
  public TailState state() {
    return tail.state();
  }

  /**
   * What is proved.
   *
   * @param records how many, from the first on
   */
  public record Signed(long records, Instant at) {}

  /** What was proved last; empty if nothing was since the start. */
  public Optional<Signed> signed() {
    return events.signed();
  }

  /** Nothing more runs until it works again, which is tried from then on. */
  public void stop(String why) {
    tail.stop(StopReason.ASKED_TO, why);
  }

  private void keep() {
    while (!closed) {
      tried("journal still stopped", Journal::goOn);
      for (Chore chore : chores) {
        if (!closed && state() instanceof TailState.Running) {
          tried("put off", chore);
        }
      }
      LockSupport.parkNanos(this, RETRY.toNanos());
    }
  }

  private void tried(String otherwise, Chore chore) {
    try {
      chore.tick(this);
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log(otherwise);
    }
  }

  /** After a stop, as soon as that is possible; the gap is put on record. */
  private void goOn() throws IOException {
    Optional<Gap> over = tail.resume();
    if (over.isPresent()) {
      unsaid = unsaid.map(before -> before.and(over.get())).or(() -> over);
    }
    if (unsaid.isPresent()) {
      record(Gaps.record(unsaid.get()));
      unsaid = Optional.empty();
    }
  }

  /** The sessions are over: what is left is sealed. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(keeper);
    try {
      keeper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tried("journal closed while it is stopped", Journal::goOn);
    try {
      record(new RecorderRecord.RecorderStopped("closed"));
    } catch (IOException e) {
      // It is on record already that nothing could be written.
    }
    try {
      tail.close();
      sealer.close();
      own.close();
      keys.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

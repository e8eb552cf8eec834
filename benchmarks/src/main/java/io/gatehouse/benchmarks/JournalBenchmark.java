package io.gatehouse.benchmarks;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.key.DataKeys;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.tail.Damage;
import io.gatehouse.appliance.journal.tail.Gap;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Receipt;
import io.gatehouse.appliance.journal.tail.StopReason;
import io.gatehouse.appliance.journal.tail.Syncing;
import io.gatehouse.appliance.journal.tail.Tail;
import io.gatehouse.appliance.journal.tail.TailConfig;
import io.gatehouse.appliance.journal.tail.TailEntry;
import io.gatehouse.appliance.journal.tail.TailListener;
import io.gatehouse.appliance.journal.tail.TailReader;
import io.gatehouse.appliance.journal.tail.TailState;
import io.gatehouse.appliance.journal.tail.TailWriter;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long does an intent of 300 bytes hold up an event loop, at 50,000 a second, while files are
 * made, synced, read and deleted beside it?
 */
@SuppressWarnings("NullAway.Init") // JMH calls what is annotated with Setup first
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JournalBenchmark {
  private static final UUID SESSION = new UUID(1, 2);
  private static final long APART_NANOS = 20_000;
  private static final long EPOCH_BYTES = 64L << 20;

  @Param({"os", "interval", "each"})
  private String syncing;

  private final Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
  private final byte[] payload = new byte[300];
  private Path directory;
  private DataKeys keys;
  private DataKey key;
  private Tail tail;
  private TailWriter writer;
  private Thread sealer;
  private long due;
  private volatile boolean ended;

  /** Opens a tail in a folder of its own. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory(Path.of(""), "journal");
    KeyEncryptionKey kek = KeyEncryptionKey.of("bench", Secret.of(new byte[32]));
    keys = DataKeys.open(directory.resolve("keys"), kek, List.of(), InstantSource.system());
    key = keys.make(SESSION, 1).join();
    TailConfig config =
        new TailConfig(directory.resolve("tail"), 1, UUID.randomUUID(), EPOCH_BYTES, chosen(), 0);
    tail = Tail.open(config, InstantSource.system(), List.of(loop::add), new Loud());
    writer = tail.writer(0);
    sealer = Thread.ofPlatform().start(this::seal);
  }

  private Syncing chosen() {
    return switch (syncing) {
      case "os" -> new Syncing.Os();
      case "interval" -> new Syncing.Interval(Duration.ofMillis(10));
      default -> new Syncing.Each();
    };
  }

  /** Reads everything and lets the files go. */
  private void seal() {
    try (TailReader reader = tail.reader()) {
      while (!ended) {
        long last = -1;
        for (Optional<TailEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
          last = entry.get().sequence();
        }
        if (last >= 0) {
          reader.sealed(last);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the loop does between: it waits for the next command, and hears of the ones before. */
  @Setup(Level.Invocation)
  public void between() {
    for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
      task.run();
    }
    due = Math.max(due + APART_NANOS, System.nanoTime());
    while (System.nanoTime() < due) {
      Thread.onSpinWait();
    }
  }

  @Benchmark
  public long intent() throws JournalStopped {
    long sequence =
        writer.append(Kind.COMMAND_INTENT, SESSION, key, -1, payload, 0, payload.length);
    writer.whenDurable(sequence, Forward.INSTANCE);
    return sequence;
  }

  /** Removes the folder. */
  @TearDown
  public void close() throws IOException, InterruptedException {
    ended = true;
    sealer.join();
    tail.close();
    keys.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private enum Forward implements Receipt {
    INSTANCE;

    @Override
    public void durable() {}

    @Override
    public void lost(StopReason reason) {
      throw new IllegalStateException(reason.word());
    }
  }

  private static final class Loud implements TailListener {
    @Override
    public void stopped(TailState.Stopped state) {
      throw new IllegalStateException(state.toString());
    }

    @Override
    public void resumed(Gap gap) {}

    @Override
    public void damaged(Damage damage) {
      throw new IllegalStateException(damage.toString());
    }
  }
}

package io.gatehouse.appliance.journal.tail;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.key.DataKeys;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/** Appends on four threads and says of each entry that it is there, until it is killed. */
final class CrashingProcess {
  static final int LOOPS = 4;

  /** What no file may have in it. */
  static final String MARK = "never-in-clear-text";

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private CrashingProcess() {}

  /** The directory, the first sequence that is not sealed, a seed, and whether to sync. */
  public static void main(String[] arguments) throws Exception {
    TailFolder folder = new TailFolder(Path.of(arguments[0]));
    long seed = Long.parseLong(arguments[2]);
    boolean each = Boolean.parseBoolean(arguments[3]);
    List<LinkedBlockingQueue<Runnable>> tasks = new ArrayList<>();
    List<Executor> loops = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
      tasks.add(queue);
      loops.add(queue::add);
    }
    DataKeys keys = folder.keys();
    Tail tail =
        folder.open(
            loops, each ? new Syncing.Each() : new Syncing.Os(), Long.parseLong(arguments[1]));
    CountDownLatch together = new CountDownLatch(LOOPS);
    for (int i = 0; i < LOOPS; i++) {
      int loop = i;
      Thread.ofPlatform()
          .start(() -> run(tail.writer(loop), keys, tasks.get(loop), seed + loop, together));
    }
  }

  private static void run(
      TailWriter writer,
      DataKeys keys,
      LinkedBlockingQueue<Runnable> tasks,
      long seed,
      CountDownLatch together) {
    Random random = new Random(seed);
    DataKey key = keys.make(UUID.randomUUID(), 1).join();
    together.countDown();
    try {
      together.await();
      while (true) {
        String text = MARK + random.nextLong() + "x".repeat(random.nextInt(2000));
        long sequence = TailFolder.intent(writer, key, text);
        writer.whenDurable(
            sequence,
            new Receipt() {
              @Override
              public void durable() {
                say(sequence + " " + text.hashCode() + "\n");
              }

              @Override
              public void lost(StopReason reason) {
                say("lost " + sequence + "\n");
              }
            });
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
      }
    } catch (JournalStopped e) {
      say(e.getMessage() + "\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A line at a time: short enough that the pipe keeps it whole. */
  private static void say(String line) {
    try {
      OUT.write(line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

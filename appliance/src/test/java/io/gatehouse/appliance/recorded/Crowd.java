package io.gatehouse.appliance.recorded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many who do the same again and again, while one more does something short each few milliseconds.
 *
 * @param clients how many
 * @param each what they do
 * @param other what is to be quick meanwhile
 */
record Crowd(int clients, Callable<?> each, Callable<?> other) {
  private static final int PERIOD_MILLIS = 10;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * What came of it.
   *
   * @param sorted the times of each
   * @param others the times of what was to be quick
   * @param clients the processor time of those who did it
   * @param rest that of the process but for them: the gate, its collector and its compiler
   */
  record Count(Duration took, List<Long> sorted, List<Long> others, long clients, long rest) {
    int logins() {
      return sorted.size();
    }

    long aMinute() {
      return logins() * Duration.ofMinutes(1).toNanos() / took.toNanos();
    }

    private static double millis(List<Long> sorted, double part) {
      return sorted.isEmpty() ? 0 : sorted.get((int) (part * (sorted.size() - 1))) / 1e6;
    }

    @Override
    public String toString() {
      return ("%,d in %d s, %,d a minute; p50 %.1f ms, p99 %.1f ms; processor time of each: gate"
              + " %.2f ms, client %.2f ms; a command of another session meanwhile: p50 %.1f ms,"
              + " p99 %.1f ms, at most %.1f ms")
          .formatted(
              logins(),
              took.toSeconds(),
              aMinute(),
              millis(sorted, 0.5),
              millis(sorted, 0.99),
              rest / 1e6 / logins(),
              clients / 1e6 / logins(),
              millis(others, 0.5),
              millis(others, 0.99),
              millis(others, 1));
    }
  }

  /** Fails if one of them does. */
  Count come(Duration time) throws Exception {
    Collection<Long> nanos = new ConcurrentLinkedQueue<>();
    Collection<Long> others = new ConcurrentLinkedQueue<>();
    AtomicLong theirs = new AtomicLong();
    long before = PROCESS.getProcessCpuTime();
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients);
        ScheduledExecutorService second = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> quick =
          second.scheduleWithFixedDelay(
              () -> others.add(timed(other)), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() - begin < time.toNanos()) {
                    nanos.add(timed(each));
                  }
                  theirs.addAndGet(THREADS.getCurrentThreadCpuTime());
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      quick.cancel(false);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    long all = PROCESS.getProcessCpuTime() - before;
    return new Count(
        took,
        nanos.stream().sorted().toList(),
        others.stream().sorted().toList(),
        theirs.get(),
        all - theirs.get());
  }

  private static long timed(Callable<?> what) {
    long begin = System.nanoTime();
    try {
      what.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return System.nanoTime() - begin;
  }
}

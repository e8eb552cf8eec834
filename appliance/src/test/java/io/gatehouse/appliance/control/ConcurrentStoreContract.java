package io.gatehouse.appliance.control;

import static io.gatehouse.appliance.control.Samples.NOW;
import static io.gatehouse.appliance.control.Samples.alice;
import static io.gatehouse.appliance.control.Samples.credential;
import static io.gatehouse.appliance.control.Samples.ofCredential;
import static io.gatehouse.appliance.control.Stages.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two gates that share a store, and many threads in each. */
abstract class ConcurrentStoreContract {
  private static final int THREADS = 32;
  private static final int EACH = 15;
  private static final StoreLimits PATIENT = new StoreLimits(4, 4_096, Duration.ofSeconds(50));

  abstract StoreLocation location() throws Exception;

  @Test
  void manyThreads_onTwoGates_issueAndRevoke_andAPollerOfEachMissesNothing() throws Exception {
    StoreLocation location = location();
    try (ControlStore one = ControlStore.open(location, PATIENT);
        ControlStore other = ControlStore.open(location, PATIENT);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 2)) {
      AtomicBoolean over = new AtomicBoolean();
      List<Future<Set<String>>> pollers =
          List.of(threads.submit(poller(one, over)), threads.submit(poller(other, over)));
      List<Future<List<Long>>> writers =
          IntStream.range(0, THREADS)
              .mapToObj(
                  thread ->
                      threads.submit(
                          thread % 2 == 0
                              ? writer(one, other, thread)
                              : writer(other, one, thread)))
              .toList();
      List<Long> versions = new ArrayList<>();
      try {
        for (Future<List<Long>> writer : writers) {
          versions.addAll(writer.get());
        }
      } finally {
        // Or a failure would wait for pollers that never end.
        over.set(true);
      }

      assertThat(versions).hasSize(THREADS * EACH).doesNotHaveDuplicates();
      for (Future<Set<String>> poller : pollers) {
        assertThat(poller.get()).hasSize(THREADS * EACH);
      }
      assertThat(done(one.changesSince(0)).version()).isEqualTo(THREADS * EACH);
    }
  }

  /** What one gate writes the other sees as soon as it is acknowledged. */
  private static Callable<List<Long>> writer(ControlStore store, ControlStore other, int thread) {
    return () -> {
      List<Long> versions = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        String name = "gh-" + thread + "-" + i;
        done(store.put(credential(name, alice())));
        assertThat(done(other.find(name, NOW))).isPresent();
        versions.add(done(other.revoke(ofCredential(name))));
        assertThat(done(store.find(name, NOW))).isEmpty();
      }
      return versions;
    };
  }

  private static Callable<Set<String>> poller(ControlStore store, AtomicBoolean over) {
    return () -> {
      Set<String> seen = new HashSet<>();
      long version = 0;
      boolean last = false;
      while (!last) {
        last = over.get();
        Changes changes = done(store.changesSince(version));
        version = changes.version();
        for (Revocation revocation : changes.revocations()) {
          if (revocation instanceof Revocation.OfCredential credential) {
            assertThat(seen.add(credential.name())).as("told once").isTrue();
          }
        }
      }
      return seen;
    };
  }

  @Test
  void gatesThatStartTogether_makeOneStore() throws Exception {
    StoreLocation location = location();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<ControlStore>> opened =
          IntStream.range(0, 8)
              .mapToObj(_ -> threads.submit(() -> ControlStore.open(location, PATIENT)))
              .toList();
      Set<List<Byte>> keys = new HashSet<>();
      for (Future<ControlStore> gate : opened) {
        try (ControlStore store = gate.get()) {
          keys.add(bytes(done(store.saltKey())));
        }
      }
      assertThat(keys).hasSize(1);
    }
  }

  private static List<Byte> bytes(byte[] array) {
    return IntStream.range(0, array.length).mapToObj(i -> array[i]).toList();
  }
}

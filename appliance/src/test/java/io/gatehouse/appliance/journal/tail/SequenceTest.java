package io.gatehouse.appliance.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.key.DataKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceTest {
  private static final int THREADS = 4;
  private static final int EACH = 100_000;

  @TempDir private Path directory;

  private static List<Sequence.Given> many(Sequence sequence) {
    return IntStream.range(0, EACH).mapToObj(i -> sequence.claim()).toList();
  }

  @Test
  void manyThreadsAtOnce_eachNumberOnce_andTimesInTheirOrder() throws Exception {
    Sequence sequence = new Sequence(7, InstantSource.system());
    List<Sequence.Given> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      Callable<List<Sequence.Given>> claims = () -> many(sequence);
      for (Future<List<Sequence.Given>> one :
          threads.invokeAll(IntStream.range(0, THREADS).mapToObj(i -> claims).toList())) {
        all.addAll(one.get());
      }
    }
    all.sort(Comparator.comparingLong(Sequence.Given::number));
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).number()).isEqualTo(7 + i);
    }
    assertThat(all).extracting(Sequence.Given::monotonic).isSorted();
  }

  @Test
  void loopsThatBeganOneAfterTheOther_haveOneClock() throws Exception {
    TailFolder folder = new TailFolder(directory);
    DataKey key = folder.key();
    List<Long> times = new ArrayList<>();
    try (Tail tail = folder.open(8, new Syncing.Os(), 0);
        TailReader reader = tail.reader()) {
      for (int i = 0; i < 16; i++) {
        TailFolder.intent(tail.writer(i % 8), key, "a");
        times.add(reader.next().orElseThrow().head().getLong(24));
      }
    }
    assertThat(times).isSorted();
  }
}

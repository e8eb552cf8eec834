package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Submission.Stage;
import io.gatehouse.spi.net.Limit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of analyses, for metrics. */
final class AnalysesTest {
  private static final Duration PATIENT = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<Limit> reached = new CopyOnWriteArrayList<>();
  private final List<Long> times = new CopyOnWriteArrayList<>();
  private final Analyses.Observer observer =
      new Analyses.Observer() {
        @Override
        public void read(long nanos) {
          times.add(nanos);
        }

        @Override
        public void reached(Limit limit) {
          reached.add(limit);
        }
      };

  @AfterEach
  void open() {
    gate.countDown();
  }

  private Courtroom room(Analyses analyses) {
    return Courtroom.of(
        folder,
        "rules: [{name: all, verdict: allow}]\n",
        (_, _) -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of(Analysed.notUnderstood("no"));
        },
        analyses);
  }

  @Test
  void eachAnalysis_isTimedWithoutItsWait() {
    try (Analyses analyses = new Analyses(1, 1, PATIENT, observer);
        Courtroom room = room(analyses)) {
      Client client = room.client();
      assertThat(client.submit(Stage.EXECUTE, Asked.Text.of("SELECT 1"))).isEqualTo(Answer.LATER);
      Client second = room.client();
      assertThat(second.submit(Stage.EXECUTE, Asked.Text.of("SELECT 2"))).isEqualTo(Answer.LATER);
      await().until(() -> analyses.waiting() == 1);
      long began = System.nanoTime();
      gate.countDown();
      second.awaitAgain();
      await().until(() -> times.size() == 2);

      assertThat(times.get(1)).isBetween(1L, System.nanoTime() - began);
      assertThat(analyses.waiting()).isZero();
      assertThat(reached).isEmpty();
    }
  }

  @Test
  void fullQueueAndLongText_areTold() {
    try (Courtroom room = room(new Analyses(1, 1, PATIENT, observer))) {
      for (int i = 0; i < 3; i++) {
        room.client().submit(Stage.EXECUTE, Asked.Text.of("SELECT " + i));
      }
      assertThat(reached).containsExactly(Limit.ANALYSIS_QUEUE);

      room.client().submit(Stage.EXECUTE, Asked.Text.of("SELECT " + "1".repeat(10_000)));
      assertThat(reached).containsExactly(Limit.ANALYSIS_QUEUE, Limit.ANALYSIS_BYTES);
    }
  }

  @Test
  void tooSlow_isTold() {
    try (Courtroom room = room(new Analyses(1, 1, Duration.ofMillis(50), observer))) {
      room.client().submit(Stage.EXECUTE, Asked.Text.of("SELECT 1"));

      await().until(() -> reached.equals(List.of(Limit.ANALYSIS_MILLIS)));
    }
  }
}

package io.gatehouse.appliance.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.NotificationPort;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import io.gatehouse.spi.login.Credential;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Connections that come and go, in the test's hand. */
final class HearingTest {
  private static final Upstream SERVER =
      new Upstream(
          "t",
          new Upstream.UnixSocket(Path.of("/run/t")),
          new Credential("gate", null),
          "d",
          null,
          Map.of());

  private final HandClock clock = new HandClock();
  private final List<NotificationPort.Ear> ears = new ArrayList<>();
  private final List<NotificationPort.Ear> closed = new ArrayList<>();
  private int heard;
  private final LiveCatalogs owner =
      new LiveCatalogs(
          new CatalogReader(
              (_, _) -> CompletableFuture.failedFuture(new UpstreamException("not asked")),
              Runnable::run,
              1,
              Duration.ofSeconds(1)),
          (_, channel, ear) -> {
            assertThat(channel).isEqualTo("gatehouse_catalog");
            ears.add(ear);
            return () -> closed.add(ear);
          },
          new LiveCatalogs.Settings(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 1),
          clock::nanoTime,
          clock);
  private final Hearing hearing = new Hearing(owner, () -> heard++);

  @Test
  void wantedManyTimes_oneConnection() {
    hearing.listen(SERVER);
    hearing.listen(SERVER);

    assertThat(ears).hasSize(1);
  }

  @Test
  void beginAndEachNotification_areHeard() {
    hearing.listen(SERVER);
    ears.getFirst().began();
    ears.getFirst().heard();

    assertThat(heard).isEqualTo(2);
  }

  @Test
  void lostAgainAndAgain_pausesGrowToTheLongest() {
    hearing.listen(SERVER);
    Duration expected = Hearing.SHORTEST_PAUSE;
    for (int i = 1; i <= 10; i++) {
      ears.getLast().ended("lost");
      clock.advance(expected.minusMillis(1));
      assertThat(ears).as("before %s", expected).hasSize(i);
      clock.advance(Duration.ofMillis(1));
      assertThat(ears).as("after %s", expected).hasSize(i + 1);
      expected = expected.multipliedBy(2);
      if (expected.compareTo(Hearing.LONGEST_PAUSE) > 0) {
        expected = Hearing.LONGEST_PAUSE;
      }
    }
    ears.getLast().began();
    ears.getLast().ended("lost");
    clock.advance(Hearing.SHORTEST_PAUSE);
    assertThat(ears).as("short again after it listened").hasSize(12);
  }

  @Test
  void connectionOfBefore_isNotHeard() {
    hearing.listen(SERVER);
    NotificationPort.Ear first = ears.getFirst();
    first.ended("lost");
    clock.advance(Hearing.SHORTEST_PAUSE);

    first.heard();
    first.ended("lost again");
    clock.advance(Hearing.LONGEST_PAUSE);

    assertThat(heard).isZero();
    assertThat(ears).hasSize(2);
  }

  @Test
  void stopped_isClosedAndMayBeWantedAgain() {
    hearing.listen(SERVER);
    hearing.stop();
    ears.getFirst().heard();
    ears.getFirst().ended("closed");
    clock.advance(Hearing.LONGEST_PAUSE);

    assertThat(closed).containsExactly(ears.getFirst());
    assertThat(heard).isZero();
    hearing.listen(SERVER);
    assertThat(ears).hasSize(2);
  }

  @Test
  void endedWhilePausing_staysSo() {
    hearing.listen(SERVER);
    ears.getFirst().ended("lost");
    hearing.end();
    clock.advance(Hearing.LONGEST_PAUSE);
    hearing.listen(SERVER);

    assertThat(ears).hasSize(1);
  }
}

package io.gatehouse.appliance.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapTest {
  private static Instant second(int second) {
    return Instant.ofEpochSecond(second);
  }

  @Test
  void gapsBetweenWhichNothingWasWritten_areOne() {
    Gap first = new Gap(second(1), second(2), StopReason.SYNC_FAILED, 3, List.of(7L));
    Gap next = new Gap(second(3), second(9), StopReason.NO_SPACE, 4, List.of(8L, 11L));
    assertThat(first.and(next))
        .isEqualTo(new Gap(second(1), second(9), StopReason.SYNC_FAILED, 7, List.of(7L, 8L, 11L)));
  }
}

package io.gatehouse.postgres.relay;

import static io.gatehouse.postgres.testing.Answers.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.testing.ScriptedGate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a record can do to a session: have it wait, and end it. */
class ResultRecordIT {
  private static final String LARGE = "select repeat('x', 1000) from generate_series(1, 20000)";

  private final Gateway gateway = Gateway.passing();

  @AfterEach
  void close() {
    gateway.close();
  }

  private void record(ResultRecord record) {
    gateway.gate.script(
        (submission, _) ->
            ScriptedGate.text(submission).contains("repeat")
                ? Decision.RUN.recordedIn(record)
                : Decision.RUN);
  }

  /** Says after each part that the next has to wait, and for a while. */
  private static final class Slow implements ResultRecord {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private int waits;
    private boolean waiting;
    private long meanwhile;
    private long mostMeanwhile;
    private boolean ended;

    @Override
    public boolean add(Direction direction, ByteBuf bytes, boolean last, Runnable goOn) {
      all.writeBytes(ByteBufUtil.getBytes(bytes));
      ended |= last;
      if (waiting) {
        meanwhile += bytes.readableBytes();
        mostMeanwhile = Math.max(mostMeanwhile, meanwhile);
        return false;
      }
      waits++;
      waiting = true;
      meanwhile = 0;
      EventExecutor loop = Objects.requireNonNull(ThreadExecutorMap.currentExecutor());
      var _ =
          loop.schedule(
              () -> {
                waiting = false;
                goOn.run();
              },
              5,
              TimeUnit.MILLISECONDS);
      return false;
    }
  }

  @Test
  void recordThatWaits_holdsUpTheServer_andTheClientGetsAllOfIt() {
    Slow record = new Slow();
    record(record);
    try (RawConnection connection = gateway.connect()) {
      List<BackendMessage> got = connection.ask(new Query(LARGE));
      assertThat(lines(got)).hasSize(20_003).endsWith("SELECT 20000", "ready I");
      assertThat(record.all.size()).isBetween(20_000_000, 21_000_000);
      assertThat(record.ended).isTrue();
      assertThat(record.waits).isGreaterThan(50);
      // What had been read already, and no more.
      assertThat(record.mostMeanwhile).isLessThan(256 << 10);
    }
    assertThat(gateway.gate.outcomes.getFirst().kind()).isEqualTo(OutcomeKind.SUCCEEDED);
  }

  /** Takes some parts, and no more. */
  private static ResultRecord breaksAfter(int parts) {
    int[] taken = {0};
    return (direction, bytes, last, goOn) -> {
      if (taken[0]++ == parts) {
        throw new ResultRecord.Unrecorded(
            Refusal.of(Refusal.Kind.UNAVAILABLE, "not on record, so not sent"));
      }
      return true;
    };
  }

  @Test
  void recordThatFailsAtOnce_endsTheSessionWithoutARow() {
    record(breaksAfter(0));
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query(LARGE));
      List<BackendMessage> got =
          connection.readUntil(
              message -> message instanceof ErrorResponse || message instanceof ReadyForQuery);
      assertThat(lines(got)).containsExactly("FATAL 57P03 not on record, so not sent");
      assertThat(connection.atEnd()).isTrue();
    }
    await().until(() -> !gateway.gate.closed.isEmpty());
    assertThat(gateway.gate.closed).containsExactly(CloseReason.INTERNAL_FAULT);
    assertThat(gateway.gate.outcomes.getFirst().kind()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void recordThatFailsInTheMiddleOfAMessage_cutsIt() {
    record(breaksAfter(2));
    try (RawConnection connection = gateway.connect()) {
      connection.send(new Query("select repeat('x', 5000000)"));
      int bytes = 0;
      while (!connection.atEnd()) {
        bytes++;
        assertThat(bytes).isLessThan(4_000_000);
      }
    }
    await().until(() -> !gateway.gate.closed.isEmpty());
    assertThat(gateway.gate.outcomes.getFirst().kind()).isEqualTo(OutcomeKind.UNKNOWN);
  }
}

package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.plugin.Target;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.Submission;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bounds a call that runs. */
class CallLimitsTest {
  private static final String RULES =
      """
      rules:
        - {name: all, verdict: allow}
        - {name: few, resources: {tools: [crm.few]}, verdict: limit, limits: {rows: 3, bytes: 1KiB}}
        - {name: quick, resources: {tools: [crm.quick]}, verdict: limit, limits: {time: 2s}}
        - {name: slow, resources: {tools: [crm.slow]}, verdict: limit, limits: {time: 1h}}
      """;

  @TempDir private Path folder;
  private final List<Long> cancelled = new CopyOnWriteArrayList<>();
  private Courtroom room;
  private CallDeciding deciding;

  @BeforeEach
  void begin() {
    room = Courtroom.of(folder, RULES);
    deciding =
        new CallDeciding(
            room.court,
            Courtroom.ANN,
            new Routes.Passage(Target.Protocol.MCP, Courtroom.SHOP, Courtroom.SHOP),
            new Deciding.Origin(7, InetAddress.getLoopbackAddress(), false),
            new NoControl() {
              @Override
              public void cancel(long sequence) {
                cancelled.add(sequence);
              }
            });
  }

  @AfterEach
  void end() {
    deciding.closed();
    room.close();
  }

  private Decision.Run run(long sequence, CommandForm call) {
    return (Decision.Run)
        deciding.submit(
            new Asked(sequence, Submission.Stage.EXECUTE, call, Called.VIEW), Called.NO_REPLY);
  }

  @Test
  void rowsAreMessages_andBytesTheirJson() {
    assertThat(run(1, Called.tool("few", "{}")).limits()).isEqualTo(new ResultLimits(3, 1024));
    assertThat(run(2, Called.tool("other", "{}")).limits()).isEqualTo(ResultLimits.NONE);
  }

  @Test
  void callThatTakesTooLong_isCancelled_andNoOther() {
    run(1, Called.tool("slow", "{}"));
    run(2, Called.tool("quick", "{}"));
    run(3, Called.tool("other", "{}"));
    await().atMost(Duration.ofSeconds(20)).until(() -> !cancelled.isEmpty());
    assertThat(cancelled).containsExactly(2L);
  }

  @Test
  void callThatIsOver_isNotCancelled() {
    run(1, Called.tool("quick", "{}"));
    deciding.outcome(1, OutcomeKind.SUCCEEDED, 1, 1);
    run(2, Called.tool("quick", "{}"));
    await().atMost(Duration.ofSeconds(20)).until(() -> !cancelled.isEmpty());
    assertThat(cancelled).containsExactly(2L);
  }
}

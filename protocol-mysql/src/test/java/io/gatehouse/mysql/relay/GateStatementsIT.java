package io.gatehouse.mysql.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.Patience;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.UpstreamPort.Rows;
import io.gatehouse.spi.UpstreamPort.Statement;
import io.gatehouse.spi.UpstreamPort.UpstreamException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateStatementsIT {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static Rows run(Gateway gateway, Flavour flavour, Statement statement) {
    return gateway
        .protocol()
        .run(Gateway.upstream(flavour, Held.NATIVE, Gateway.tls(flavour)), statement)
        .toCompletableFuture()
        .join();
  }

  private static UpstreamException failure(Runnable action) {
    CompletionException thrown = catchThrowableOfType(CompletionException.class, action::run);
    assertThat(thrown.getCause()).isInstanceOf(UpstreamException.class);
    return (UpstreamException) Objects.requireNonNull(thrown.getCause());
  }

  private static ComQuery query(String text) {
    return new ComQuery(List.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void statementOfTheGatesOwn_hasItsRows(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Rows rows =
          run(
              gateway,
              flavour,
              new Statement(
                  "SELECT 'ä' AS a, NULL AS b, 7 AS c UNION SELECT '', x'00ff', -1", 2, LONG));
      assertThat(rows.description().columns()).extracting("name").containsExactly("a", "b", "c");
      assertThat(rows.rows())
          .containsExactly(
              List.of(new Value.Text("ä"), Value.NULL, new Value.Text("7")),
              List.of(
                  new Value.Text(""),
                  new Value.Bytes(new byte[] {0, (byte) 0xFF}),
                  new Value.Text("-1")));
      assertThat(run(gateway, flavour, new Statement("DO 1", 0, LONG)).rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void boundThatIsPassed_fails(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      assertThat(
              failure(
                  () -> run(gateway, flavour, new Statement("SELECT 1 UNION SELECT 2", 1, LONG))))
          .hasMessageContaining("more than 1 rows");
      assertThat(failure(() -> run(gateway, flavour, new Statement("nonsense", 1, LONG))).code())
          .isEqualTo("1064");
      Statement slow = new Statement("SELECT SLEEP(10000)", 1, Duration.ofSeconds(1));
      assertThat(failure(() -> run(gateway, flavour, slow))).hasMessageContaining("no answer");
      Statement large = new Statement("SELECT REPEAT('x', 20000000)", 1, LONG);
      assertThat(failure(() -> run(gateway, flavour, large))).hasMessageContaining("too long");
    }
  }

  /** One behind the other, each time the session settles; the client hears only what it asked. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void settledSession_isAskedUnseen(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      List<String> told = new CopyOnWriteArrayList<>();
      gateway.gate().whenSettled =
          control ->
              control
                  .inquire(new Statement("SELECT CONNECTION_ID(), @mine", 1, LONG))
                  .thenCompose(
                      rows -> {
                        told.add(rows.rows().getFirst().get(1).toString());
                        return control.inquire(new Statement("nonsense", 1, LONG));
                      })
                  .whenComplete((_, failure) -> told.add(failure == null ? "" : "refused"));
      Conversation gated = new Conversation(gateway.enter().connection());
      assertThat(gated.ask(query("SET @mine = 'ann'"))).hasExactlyElementsOfTypes(OkPacket.class);
      gated.tell(query("SELECT 1"));
      gated.tell(query("nonsense"));
      gated.expect(1);
      assertThat(gated.answer(CommandType.COM_QUERY)).hasSize(4);
      gated.expect(1);
      assertThat(gated.answer(CommandType.COM_QUERY)).hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(gated.ask(query("SELECT 2"))).hasSize(4);
      assertThat(List.copyOf(told).subList(0, 8))
          .containsExactly(
              "Null[]",
              "refused",
              "Text[value=ann]",
              "refused",
              "Text[value=ann]",
              "refused",
              "Text[value=ann]",
              "refused");
      assertThat(gateway.gate().submitted).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void submissionThatWaits_isAskedFor(Flavour flavour) throws InterruptedException {
    record Late(long sequence, Reply reply) {}
    BlockingQueue<Late> late = new LinkedBlockingQueue<>();
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway
          .gate()
          .script(
              (submission, reply) -> {
                late.add(new Late(submission.sequence(), reply));
                return Answer.LATER;
              });
      Conversation gated = new Conversation(gateway.enter().connection());
      gated.tell(query("SELECT 1"));
      Late waiting = late.take();
      SessionControl control = gateway.gate().control();
      CompletionStage<Rows> asked = control.inquire(new Statement("SELECT 5", 1, LONG));
      waiting.reply().answer(waiting.sequence(), Decision.RUN);
      assertThat(asked.toCompletableFuture().join().rows())
          .containsExactly(List.of(new Value.Text("5")));
      assertThat(gated.answer(CommandType.COM_QUERY)).hasSize(4);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void questionThatIsNotAnsweredInTime_endsTheSession(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      CompletableFuture<CompletionStage<Rows>> asked = new CompletableFuture<>();
      gateway.gate().whenSettled =
          control ->
              asked.complete(
                  control.inquire(new Statement("SELECT SLEEP(10000)", 1, Duration.ofSeconds(1))));
      gateway.enter();
      assertThat(failure(() -> asked.join().toCompletableFuture().join())).isNotNull();
      Patience.await()
          .until(() -> gateway.gate().closed.contains(CloseReason.UPSTREAM_DISCONNECTED));
    }
  }
}

package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.relay.Talk.through;
import static io.gatehouse.mysql.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.mysql.message.ComInitDb;
import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComQuit;
import io.gatehouse.mysql.message.ComStmtClose;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RawConnection;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.testing.ScriptedGate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayIT {

  static Conversation direct(Flavour flavour) {
    RawClient.Entered entered =
        RawClient.enter(
            RealServer.of(flavour).port(),
            Held.NATIVE.user(),
            Held.NATIVE.password(),
            AuthPlugin.MYSQL_NATIVE_PASSWORD,
            RawClient.USUAL,
            null);
    return new Conversation(entered.connection());
  }

  private static ComQuery query(String text) {
    return new ComQuery(List.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void answersThroughTheGate_areThoseOfTheServer(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      Conversation straight = direct(flavour);
      for (String text :
          List.of(
              "SELECT 1, NULL, 'ä'",
              "SELECT 1; SELECT 2; SELECT 3",
              "DO 1",
              "SELECT nothing FROM nowhere",
              "SET autocommit = 0",
              "START TRANSACTION",
              "ROLLBACK",
              "USE information_schema",
              "SHOW VARIABLES LIKE 'character_set%'",
              "SELECT table_name FROM tables ORDER BY 1 LIMIT 20",
              "SELECT REPEAT('x', 100000)",
              "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t")) {
        List<Message> expected = straight.ask(query(text));
        assertThat(gated.ask(query(text))).as(text).isEqualTo(expected);
      }
      assertThat(gated.ask(new ComPing())).isEqualTo(straight.ask(new ComPing()));
      ComInitDb other = new ComInitDb("mysql".getBytes(StandardCharsets.UTF_8));
      assertThat(gated.ask(other)).isEqualTo(straight.ask(other));
      assertThat(gateway.gate().settled).last().asString().endsWith(" mysql");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void outcome_isToldWithItsRows(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      gated.ask(query("SELECT 1 UNION SELECT 2; SELECT 3"));
      gated.ask(query("nonsense"));
      assertThat(gateway.gate().outcomes)
          .containsExactly(
              new ScriptedGate.Told(OutcomeKind.SUCCEEDED, 3, null),
              new ScriptedGate.Told(OutcomeKind.FAILED, 0, "1064"));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void refusedCommand_isAnErrorThatTheSessionSurvives(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway.gate().refuse(Submission.Stage.EXECUTE, "secret");
      Conversation gated = through(gateway);
      assertThat(gated.ask(query("SELECT secret")))
          .containsExactly(
              new ErrPacket(1142, "42000", "refused by the script. Rule: test. Ask the test."));
      assertThat(gated.ask(query("SELECT 1"))).hasSize(4);
      assertThat(gateway.gate().outcomes).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void engineThatThrows_refuses(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway
          .gate()
          .script(
              (_, _) -> {
                throw new IllegalStateException("planted");
              });
      Conversation gated = through(gateway);
      assertThat(gated.ask(query("SELECT 1"))).hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(gated.ask(query("SELECT 1")).toString()).doesNotContain("planted");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void lateAnswers_keepTheOrder(Flavour flavour) throws InterruptedException {
    record Late(Submission submission, Reply reply) {}
    BlockingQueue<Late> late = new LinkedBlockingQueue<>();
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway
          .gate()
          .script(
              (submission, reply) -> {
                late.add(new Late(submission, reply));
                return Answer.LATER;
              });
      Conversation gated = through(gateway);
      gated.tell(query("SELECT 'first'"));
      gated.tell(query("SELECT 'second'"));
      gated.tell(query("SELECT 'third'"));
      Late first = late.take();
      assertThat(late).isEmpty();
      first.reply().answer(first.submission().sequence() + 1, Decision.RUN);
      first.reply().answer(first.submission().sequence(), Decision.RUN);
      gatedAnswer(gated, "first");
      Late second = late.take();
      second
          .reply()
          .answer(
              second.submission().sequence(),
              new Decision.Refuse(Refusal.of(Refusal.Kind.POLICY, "no")));
      gated.expect(1);
      assertThat(gated.answer(CommandType.COM_QUERY)).hasExactlyElementsOfTypes(ErrPacket.class);
      Late third = late.take();
      third.reply().again(third.submission().sequence());
      Late anew = late.take();
      assertThat(anew.submission().sequence()).isGreaterThan(third.submission().sequence());
      anew.reply().answer(anew.submission().sequence(), Decision.RUN);
      gatedAnswer(gated, "third");
    }
  }

  private static void gatedAnswer(Conversation gated, String value) {
    gated.expect(1);
    List<Message> answer = gated.answer(CommandType.COM_QUERY);
    assertThat(answer.get(2))
        .isEqualTo(new TextRow(List.of(value.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void clientThatLeavesWhileItWaits_isWithdrawn(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway.gate().script((_, _) -> Answer.LATER);
      RawClient.Entered entered = gateway.enter();
      new Conversation(entered.connection()).tell(query("SELECT 1"));
      await().until(() -> !gateway.gate().submitted.isEmpty());
      entered.connection().close();
      await().until(() -> !gateway.gate().closed.isEmpty());
      assertThat(gateway.gate().withdrawn).containsExactly(1L);
      assertThat(gateway.gate().closed).containsExactly(CloseReason.CLIENT_DISCONNECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void whatIsNotServed_isRefusedAndSurvived(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      RawClient.Entered entered = gateway.enter();
      Conversation gated = new Conversation(entered.connection());
      gated.tell(new ComStmtClose(1));
      assertThat(gated.ask(new ComPing())).hasExactlyElementsOfTypes(OkPacket.class);
      for (int code = 0; code < 0x100; code++) {
        if (CommandType.of(code).isEmpty()) {
          entered.connection().send(new byte[] {1, 0, 0, 0, (byte) code});
          entered.connection().expect(1);
          assertThat(entered.connection().read(ErrPacket::decode).code())
              .as("command %d", code)
              .isEqualTo(1047);
        }
      }
      assertThat(gated.ask(new ComPing())).hasExactlyElementsOfTypes(OkPacket.class);
      assertThat(gateway.gate().submitted).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void payloadsAtTheBoundary_passBothWays(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      for (int more = -1; more <= 1; more++) {
        int length = PacketReader.FULL_BYTES + more;
        byte[] text = new byte[length - 1];
        Arrays.fill(text, (byte) 'x');
        byte[] before = "SELECT '".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(before, 0, text, 0, before.length);
        text[text.length - 1] = '\'';
        List<Message> answer = gated.ask(new ComQuery(List.of(), text));
        assertThat(size(answer)).isEqualTo(text.length - before.length - 1);
        int size = length - (length > PacketReader.FULL_BYTES + 4 ? 9 : 4);
        assertThat(size(gated.ask(query("SELECT REPEAT('y', " + size + ")")))).isEqualTo(size);
      }
      assertThat(size(gated.ask(query("SELECT REPEAT('y', 40000000)")))).isEqualTo(40_000_000);
    }
  }

  private static int size(List<Message> answer) {
    byte[] value = ((TextRow) answer.get(2)).values().getFirst();
    return value == null ? -1 : value.length;
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void commandOverItsLimit_endsTheSession(Flavour flavour) {
    Limits limits = Gateway.PATIENT.with(Limit.COMMAND_BYTES, 1_000);
    try (Gateway gateway = Gateway.to(flavour, limits)) {
      Conversation gated = through(gateway);
      assertThat(gated.ask(query("SELECT '" + "x".repeat(900) + "'"))).hasSize(4);
      gated.tell(query("SELECT '" + "x".repeat(1_000) + "'"));
      gated.expect(0);
      assertThat(gated.answer(CommandType.COM_QUERY)).hasExactlyElementsOfTypes(ErrPacket.class);
      await().until(() -> gateway.gate().closed.contains(CloseReason.LIMIT_REACHED));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ends_haveTheirReasons(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      RawClient.Entered quitting = gateway.enter();
      new Conversation(quitting.connection()).tell(new ComQuit());
      assertThat(quitting.connection().atEnd()).isTrue();
      await().until(() -> gateway.gate().closed.contains(CloseReason.CLIENT_TERMINATED));
      RawClient.Entered killed = gateway.enter();
      gateway
          .gate()
          .control()
          .kill(Refusal.of(Refusal.Kind.KILLED, "killed by a test"), CloseReason.KILLED);
      killed.connection().expect(0);
      assertThat(killed.connection().read(ErrPacket::decode))
          .isEqualTo(new ErrPacket(1053, "08S01", "killed by a test"));
      assertThat(killed.connection().atEnd()).isTrue();
      RawClient.Entered own = gateway.enter();
      List<Message> numbers =
          new Conversation(own.connection()).ask(query("SELECT CONNECTION_ID()"));
      byte[] number = ((TextRow) numbers.get(2)).values().getFirst();
      direct(flavour).ask(query("KILL " + new String(number, StandardCharsets.UTF_8)));
      await().until(() -> gateway.gate().closed.contains(CloseReason.UPSTREAM_DISCONNECTED));
      await().until(() -> gateway.listener().sessions() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void drain_letsTransactionsEnd(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation busy = through(gateway);
      busy.ask(query("START TRANSACTION"));
      RawClient.Entered idle = gateway.enter();
      var drained = gateway.listener().drain().toCompletableFuture();
      idle.connection().expect(0);
      assertThat(idle.connection().read(ErrPacket::decode).code()).isEqualTo(1053);
      assertThat(drained).isNotDone();
      assertThat(busy.ask(query("COMMIT"))).hasExactlyElementsOfTypes(OkPacket.class);
      drained.join();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void brokenPackets_endTheSessionOnly(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      List<String> all = new ArrayList<>(List.of("00000000", "0100000103", "0500000e00000001"));
      for (String hex : all) {
        RawConnection connection = gateway.enter().connection();
        connection.send(HexFormat.of().parseHex(hex));
        connection.drain();
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(gateway.gate().closed)
                      .hasSize(3)
                      .containsOnly(CloseReason.CLIENT_VIOLATED_PROTOCOL));
      assertThat(through(gateway).ask(new ComPing())).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void columns_areTheServers(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      List<Message> answer = through(gateway).ask(query("SELECT user AS who FROM mysql.user"));
      assertThat(answer.get(1))
          .isInstanceOfSatisfying(
              ColumnDefinition41.class, c -> assertThat(c.name()).isEqualTo("who"));
    }
  }
}

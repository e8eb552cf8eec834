package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.relay.Talk.error;
import static io.gatehouse.mysql.relay.Talk.query;
import static io.gatehouse.mysql.relay.Talk.texts;
import static io.gatehouse.mysql.relay.Talk.utf8;
import static io.gatehouse.mysql.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.ServerStatus;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.UpstreamPort;
import io.gatehouse.spi.testing.ScriptedGate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** KILL by the number of the greeting, as drivers send it when a statement takes too long. */
class KillIT {
  private static final String LONG = "SELECT SLEEP(10000) AS to_be_killed";

  /** A session that relays, with the number of its greeting. */
  private record Guest(Conversation conversation, String number) {

    static Guest of(Gateway gateway, String user) {
      RawClient.Entered entered = gateway.enter(user);
      assertThat(entered.heard().getLast()).isInstanceOf(OkPacket.class);
      return new Guest(
          new Conversation(entered.connection()),
          Integer.toUnsignedString(entered.greeting().connectionId()));
    }

    List<Message> ask(String text) {
      return query(conversation, text);
    }

    void tell(String text) {
      conversation.tell(new ComQuery(List.of(), utf8(text)));
    }

    List<Message> answer() {
      return conversation.answer(CommandType.COM_QUERY);
    }

    /** Until another session of the server's sees that it runs. */
    void runsLong(Flavour flavour) {
      tell(LONG);
      Conversation other = RelayIT.direct(flavour);
      String runs =
          "SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%killed'";
      await().until(() -> !texts(query(other, runs)).isEmpty());
    }

    void isIdle() {
      assertThat(texts(ask("SELECT 'after'"))).containsExactly(List.of("after"));
    }
  }

  /** SLEEP gives 1 when it is interrupted on MySQL, and fails on MariaDB. */
  private static void interrupted(List<Message> answer, Flavour flavour) {
    switch (flavour) {
      case MYSQL -> assertThat(texts(answer)).containsExactly(List.of("1"));
      case MARIADB -> assertThat(answer.getLast()).isInstanceOf(ErrPacket.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofAQuery_endsItAndNotTheSession(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Guest busy = Guest.of(gateway, "ann");
      Guest killer = Guest.of(gateway, "ann");
      busy.runsLong(flavour);
      assertThat(killer.ask("KILL QUERY " + busy.number()))
          .singleElement()
          .isEqualTo(OkPacket.of(ServerStatus.AUTOCOMMIT));
      interrupted(busy.answer(), flavour);
      busy.isIdle();
      killer.isIdle();
      assertThat(gateway.gate().submitted).noneMatch(text -> text.contains("KILL"));
      assertThat(gateway.gate().closed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofAConnection_endsTheSession(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Guest busy = Guest.of(gateway, "ann");
      Guest idle = Guest.of(gateway, "ann");
      Guest killer = Guest.of(gateway, "ann");
      busy.runsLong(flavour);
      killer.ask("KILL " + busy.number());
      assertThat(error(busy.answer()).code()).isEqualTo(1053);
      killer.ask("kill connection " + idle.number() + ";");
      await().until(() -> gateway.gate().closed.size() == 2);
      assertThat(gateway.gate().closed).containsOnly(CloseReason.KILLED);
      assertThat(error(killer.ask("KILL QUERY " + busy.number())).code()).isEqualTo(1094);
      killer.isIdle();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofAnothersSessionOrOfNone_isUnknownAlike(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Guest ann = Guest.of(gateway, "ann");
      Guest bob = Guest.of(gateway, "bob");
      ann.runsLong(flavour);
      for (String number : List.of(ann.number(), "4000000000", "0", "4294967297")) {
        for (String what : List.of("KILL ", "KILL QUERY ", "KILL CONNECTION ")) {
          assertThat(bob.ask(what + number))
              .containsExactly(new ErrPacket(1094, "HY000", "Unknown thread id: " + number));
        }
      }
      assertThat(gateway.gate().closed).isEmpty();
      assertThat(gateway.gate().outcomes).isEmpty();
      assertThat(Guest.of(gateway, "ann").ask("KILL QUERY " + ann.number()))
          .hasExactlyElementsOfTypes(OkPacket.class);
      interrupted(ann.answer(), flavour);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void writtenOtherwise_isForTheEngineToSay(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway.gate().refuse(Submission.Stage.EXECUTE, "KILL");
      Guest ann = Guest.of(gateway, "ann");
      Guest other = Guest.of(gateway, "ann");
      for (String text : List.of("KILL (%s)", "KILL %s + 0", "KILL /* */ %s", "KILL %s; DO 1")) {
        assertThat(error(ann.ask(text.formatted(other.number()))).code()).isEqualTo(1142);
      }
      gateway.gate().refuse(Submission.Stage.PREPARE, "KILL");
      ComStmtPrepare prepare = new ComStmtPrepare(utf8("KILL QUERY " + other.number()));
      assertThat(error(ann.conversation().ask(prepare)).code()).isEqualTo(1142);
      assertThat(gateway.gate().submitted).hasSize(5);
      other.isIdle();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofItself_saysWhatServersSay(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Guest ann = Guest.of(gateway, "ann");
      ann.ask("BEGIN");
      assertThat(error(ann.ask("KILL QUERY " + ann.number())).code()).isEqualTo(1317);
      ann.isIdle();
      assertThat(error(ann.ask("KILL " + ann.number())).code()).isEqualTo(1317);
      await().until(() -> !gateway.gate().closed.isEmpty());
      assertThat(gateway.gate().closed).containsExactly(CloseReason.KILLED);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofACommandThatWaitsForTheGate_takesItBack(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      ScriptedGate gate = gateway.gate();
      gate.script(
          (submission, _) ->
              ScriptedGate.text(submission).contains("held") ? Answer.LATER : Decision.RUN);
      Guest waiting = Guest.of(gateway, "ann");
      Guest killer = Guest.of(gateway, "ann");
      waiting.tell("SELECT 'held'");
      await().until(() -> !gate.submitted.isEmpty());
      killer.ask("KILL QUERY " + waiting.number());
      assertThat(error(waiting.answer()))
          .isEqualTo(new ErrPacket(1317, "70100", "Query execution was interrupted"));
      assertThat(gate.withdrawn).hasSize(1);
      waiting.conversation().tell(new ComStmtPrepare(utf8("SELECT 'held'")));
      await().until(() -> gate.submitted.size() == 2);
      killer.ask("KILL QUERY " + waiting.number());
      assertThat(error(waiting.conversation().answer(CommandType.COM_STMT_PREPARE)).code())
          .isEqualTo(1317);
      waiting.isIdle();
    }
  }

  /** The command has not even been submitted: the server is answering the gate. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void ofACommandThatWaitsForItsTurn_hitsItAndNotTheQuestion(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      ScriptedGate gate = gateway.gate();
      Guest waiting = Guest.of(gateway, "ann");
      Guest killer = Guest.of(gateway, "ann");
      List<String> asked = new CopyOnWriteArrayList<>();
      gate.whenSettled =
          own -> {
            if (gate.submitted.size() == 1 && asked.isEmpty()) {
              asked.add("begun");
              own.inquire(new UpstreamPort.Statement("SELECT SLEEP(3)", 1, Duration.ofMinutes(2)))
                  .whenComplete((rows, _) -> asked.add(String.valueOf(rows != null)));
            }
          };
      waiting.ask("SELECT 'settles'");
      waiting.tell(LONG);
      assertThat(asked).containsExactly("begun");
      CompletableFuture<List<Message>> answer = CompletableFuture.supplyAsync(waiting::answer);
      // Of one that arrives before the command does, nothing is kept.
      await()
          .until(
              () -> {
                killer.ask("KILL QUERY " + waiting.number());
                return answer.isDone();
              });
      interrupted(answer.join(), flavour);
      assertThat(asked).containsExactly("begun", "true");
      waiting.isIdle();
    }
  }

  /** Whoever was told OK can send the next command, and that is not hit. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void answered_hitsNothingLater(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Guest other = Guest.of(gateway, "ann");
      Guest killer = Guest.of(gateway, "ann");
      for (int i = 0; i < 30; i++) {
        other.tell("SELECT " + i);
        killer.ask("KILL QUERY " + other.number());
        assertThat(other.answer()).isNotEmpty();
        other.isIdle();
        killer.ask("KILL QUERY " + other.number());
        other.isIdle();
      }
    }
  }
}

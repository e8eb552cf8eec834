package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.relay.Talk.error;
import static io.gatehouse.mysql.relay.Talk.prepare;
import static io.gatehouse.mysql.relay.Talk.query;
import static io.gatehouse.mysql.relay.Talk.row;
import static io.gatehouse.mysql.relay.Talk.through;
import static io.gatehouse.mysql.relay.Talk.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.BoundValues;
import io.gatehouse.mysql.message.ComInitDb;
import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComStmtClose;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtFetch;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.ComStmtReset;
import io.gatehouse.mysql.message.ComStmtSendLongData;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.Parameter;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CommandForm;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.testing.ScriptedGate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementsIT {
  private static final byte[] NONE = {};

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static List<Message> execute(Conversation conversation, int id, byte[] bound) {
    return conversation.ask(new ComStmtExecute(id, 0, 1, bound));
  }

  /** One text value; its type is there if {@code typed}. */
  private static byte[] one(String value, boolean typed) {
    byte[] text = utf8(value);
    String head = typed ? "00 01 fd00" : "00 00";
    return hex(
        head + HexFormat.of().toHexDigits((byte) text.length) + HexFormat.of().formatHex(text));
  }

  /** Each value that was submitted, decoded. */
  private static List<Object> watched(Gateway gateway) {
    List<Object> values = new CopyOnWriteArrayList<>();
    gateway
        .gate()
        .script(
            (submission, _) -> {
              CommandForm.Sql sql = (CommandForm.Sql) submission.commands().getFirst();
              for (int i = 0; i < sql.binds().count(); i++) {
                values.add(sql.binds().value(i));
              }
              return Decision.RUN;
            });
    return values;
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void answersThroughTheGate_areThoseOfTheServer(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      assertThat(unnumbered(dialogue(through(gateway))))
          .isEqualTo(unnumbered(dialogue(RelayIT.direct(flavour))));
      assertThat(gateway.gate().submitted).contains("PREPARE DO ?", "EXECUTE SELECT ? AS a");
    }
  }

  /** MariaDB counts the statements of all sessions together. */
  private static String unnumbered(List<List<Message>> heard) {
    return heard.toString().replaceAll("statement=\\d+|\\(\\d+\\)", "n");
  }

  private static List<List<Message>> dialogue(Conversation talk) {
    List<List<Message>> heard = new ArrayList<>();
    heard.add(talk.ask(new ComStmtPrepare(utf8("SELECT ? AS a"))));
    int select = ((PrepareOk) heard.getFirst().getFirst()).statement();
    heard.add(execute(talk, select, one("first", true)));
    heard.add(execute(talk, select, one("second", false)));
    heard.add(execute(talk, select, hex("01 00")));
    talk.tell(new ComStmtSendLongData(select, 0, utf8("long ")));
    talk.tell(new ComStmtSendLongData(select, 0, utf8("data")));
    heard.add(execute(talk, select, hex("00 01 fc00")));
    talk.tell(new ComStmtSendLongData(select, 0, utf8("forgotten")));
    heard.add(talk.ask(new ComStmtReset(select)));
    heard.add(execute(talk, select, one("third", false)));
    heard.add(talk.ask(new ComStmtPrepare(utf8("SELECT nothing FROM nowhere"))));
    heard.add(talk.ask(new ComStmtPrepare(utf8("SELECT 1; SELECT 2"))));
    heard.add(talk.ask(new ComStmtPrepare(utf8("DO ?"))));
    String three = "SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3";
    heard.add(talk.ask(new ComStmtPrepare(utf8(three))));
    int cursor = ((PrepareOk) heard.getLast().getFirst()).statement();
    heard.add(talk.ask(new ComStmtFetch(cursor, 1)));
    heard.add(talk.ask(new ComStmtExecute(cursor, ComStmtExecute.CURSOR, 1, NONE)));
    heard.add(talk.ask(new ComStmtFetch(cursor, 2)));
    heard.add(talk.ask(new ComStmtFetch(cursor, 2)));
    heard.add(talk.ask(new ComStmtFetch(cursor, 2)));
    talk.tell(new ComStmtClose(cursor));
    heard.add(talk.ask(new ComStmtFetch(cursor, 2)));
    heard.add(talk.ask(new ComStmtReset(cursor)));
    heard.add(execute(talk, cursor, NONE));
    return heard;
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void valuesThatAreSubmitted_areThoseThatRun(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      List<Object> values = watched(gateway);
      Conversation gated = through(gateway);
      List<Parameter> bound = new ArrayList<>();
      String[][] all = {
        {"8001", "ff", "255"},
        {"0001", "ff", "-1"},
        {"0002", "feff", "-2"},
        {"8003", "ffffffff", "4294967295"},
        {"8008", "ffffffffffffffff", "18446744073709551615"},
        {"0008", "ffffffffffffffff", "-1"},
        {"0004", "0000c03f", "1.5"},
        {"0005", "0000000000000440", "2.5"},
        {"00f6", "31322e3530", "12.50"},
        {"00fd", "c3a4", "ä"},
        {"00fe", "", ""},
        {"000f", "78", "x"},
        {"000a", "ea070b16", "2026-11-22"},
        {"000b", "0101000000020304", "-26:03:04"}
      };
      for (String[] one : all) {
        Parameter.Type type = new Parameter.Type(Integer.parseInt(one[0], 16), "");
        bound.add(new Parameter(type, hex(one[1])));
      }
      // MySQL 8.0.15 makes a negative text of the largest number, unless it counts with it.
      String places =
          Arrays.stream(all)
              .map(one -> one[0].equals("8008") ? "CONCAT(? + 0)" : "CONCAT(?)")
              .collect(Collectors.joining(", "));
      int id = prepare(gated, "SELECT " + places);
      byte[] wire =
          new BoundValues(true, new BitSet(), bound)
              .encode(new ComStmtExecute(id, 0, 1, NONE), RawClient.USUAL);
      List<Message> answer = execute(gated, id, wire);
      assertThat(row(answer)).containsExactlyElementsOf(Arrays.stream(all).map(a -> a[2]).toList());
      assertThat(values.stream().map(StatementsIT::shown))
          .containsExactlyElementsOf(Arrays.stream(all).map(a -> a[2]).toList());
    }
  }

  private static String shown(Object value) {
    return switch ((Value) value) {
      case Value.Int(long number) -> Long.toString(number);
      case Value.Decimal(var number) -> number.toPlainString();
      case Value.Real(double number) -> Double.toString(number);
      case Value.Text(String text) -> text;
      case Value.Date(var date) -> date.toString();
      default -> throw new AssertionError(value);
    };
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void refusedPreparation_leavesNoTrace(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      gateway.gate().refuse(Submission.Stage.PREPARE, "secret");
      Conversation gated = through(gateway);
      assertThat(error(gated.ask(new ComStmtPrepare(utf8("SELECT 'secret'")))).code())
          .isEqualTo(1142);
      for (int id = 0; id < 100; id++) {
        assertThat(error(execute(gated, id, NONE)).code()).isEqualTo(1243);
      }
      prepare(gated, "SELECT 1");
      assertThat(query(gated, "SHOW SESSION STATUS LIKE 'Com_stmt_prepare'"))
          .contains(new TextRow(List.of(utf8("Com_stmt_prepare"), utf8("1"))));
      assertThat(gateway.gate().submitted).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void lastStatementOfMariadb_isNotKnown(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      prepare(gated, "SELECT 1");
      assertThat(error(execute(gated, -1, NONE)).code()).isEqualTo(1243);
      assertThat(gateway.gate().submitted).containsExactly("PREPARE SELECT 1");
    }
  }

  /** Drivers send types once, and take what they sent ahead for used. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void refusedExecution_changesNothingOfTheNext(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      int id = prepare(gated, "SELECT ?");
      gateway
          .gate()
          .script(
              (submission, _) ->
                  submission.commands().getFirst() instanceof CommandForm.Sql sql
                          && sql.binds().value(0).equals(new Value.Text("no"))
                      ? ScriptedGate.REFUSED
                      : Decision.RUN);
      assertThat(error(execute(gated, id, one("no", true))).code()).isEqualTo(1142);
      assertThat(row(execute(gated, id, one("yes", false)))).containsExactly("yes");
      gated.tell(new ComStmtSendLongData(id, 0, utf8("no")));
      assertThat(error(execute(gated, id, hex("00 01 fd00"))).code()).isEqualTo(1142);
      assertThat(row(execute(gated, id, one("again", false)))).containsExactly("again");
      assertThat(gateway.gate().outcomes)
          .extracting(ScriptedGate.Told::kind)
          .containsExactly(OutcomeKind.SUCCEEDED, OutcomeKind.SUCCEEDED);
    }
  }

  /** An execution that fails may have taught the server its types, or not. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void failedExecution_leavesTheTypesClear(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      int id = prepare(gated, "SELECT (SELECT 1 UNION SELECT 2 WHERE ? = 'two'), CONCAT(?)");
      byte[] two = hex("00 01 fd00 fd00 03 74776f 01 78");
      assertThat(execute(gated, id, two).getLast()).isInstanceOf(ErrPacket.class);
      assertThat(row(execute(gated, id, hex("00 00 03 6f6e65 01 79")))).last().isEqualTo("y");
      assertThat(row(execute(gated, id, hex("00 00 03 6f6e65 01 7a")))).last().isEqualTo("z");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void valuesThatCouldBeReadInTwoWays_areRefused(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      int id = prepare(gated, "SELECT ?, ?");
      List<String> wrong =
          List.of(
              "",
              "00",
              "00 00",
              "00 02 fd00 fd00 01 78 01 79",
              "00 01 0600 fd00 01 78",
              "00 01 0900 fd00 00000000 01 78",
              "00 01 0d00 fd00 0000 01 78",
              "00 01 1000 fd00 01 00 01 78",
              "04 01 fd00 fd00 01 78 01 79",
              "00 01 fd00 fd00 01 78 01 79 00",
              "00 01 fd00 fd00 01 78 02 79",
              "00 01 fd00 fd00 01 78 fb",
              "00 01 fd00 fd00 01 78 ff",
              "00 01 fd00 fd00 01 78 fe 0100000001000000 79",
              "00 01 0800 fd00 01 78 01 79");
      for (String hex : wrong) {
        assertThat(error(execute(gated, id, hex(hex))).code()).as(hex).isEqualTo(1210);
      }
      assertThat(gateway.gate().submitted).hasSize(1);
      assertThat(row(execute(gated, id, hex("01 01 0600 fd00 01 78")))).containsExactly(null, "x");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void longData_isBounded(Flavour flavour) {
    Limits limits = Gateway.PATIENT.with(Limit.COMMAND_BYTES, 1_000);
    try (Gateway gateway = Gateway.to(flavour, limits)) {
      Conversation gated = through(gateway);
      int id = prepare(gated, "SELECT ?");
      for (int i = 0; i < 20; i++) {
        gated.tell(new ComStmtSendLongData(id, 0, new byte[50]));
      }
      assertThat(error(execute(gated, id, hex("00 01 fc00"))).code()).isEqualTo(1226);
      gated.tell(new ComStmtSendLongData(id, 0, utf8("short")));
      assertThat(row(execute(gated, id, hex("00 01 fc00")))).containsExactly("short");
      gated.tell(new ComStmtSendLongData(99, 0, utf8("nobody's")));
      assertThat(gated.ask(new ComPing())).hasExactlyElementsOfTypes(OkPacket.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void statements_areBounded(Flavour flavour) {
    Limits limits =
        Gateway.PATIENT.with(Limit.PREPARED_STATEMENTS, 2).with(Limit.SESSION_BYTES, 100);
    try (Gateway gateway = Gateway.to(flavour, limits)) {
      Conversation gated = through(gateway);
      int first = prepare(gated, "SELECT 1");
      ComStmtPrepare longer = new ComStmtPrepare(utf8("SELECT '" + "x".repeat(90) + "'"));
      assertThat(error(gated.ask(longer)).message()).contains("session-bytes");
      prepare(gated, "SELECT ?");
      ComStmtPrepare third = new ComStmtPrepare(utf8("SELECT 3"));
      assertThat(error(gated.ask(third)).message()).contains("prepared-statements");
      gated.tell(new ComStmtClose(first));
      int next = prepare(gated, "SELECT ?");
      gated.tell(new ComStmtSendLongData(next, 0, new byte[80]));
      assertThat(error(execute(gated, next, hex("00 01 fc00"))).message())
          .contains("session-bytes");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void redecidedStatements_areSubmittedAnew(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      int id = prepare(gated, "SELECT 'late secret'");
      gateway.gate().whenSettled = SessionControl::redecide;
      assertThat(execute(gated, id, NONE)).hasSizeGreaterThan(1);
      gateway.gate().whenSettled = _ -> {};
      gateway.gate().refuse(Submission.Stage.PREPARE, "secret");
      assertThat(error(execute(gated, id, NONE)).code()).isEqualTo(1142);
      gateway.gate().script((_, _) -> Decision.RUN);
      assertThat(execute(gated, id, NONE)).hasSizeGreaterThan(1);
      assertThat(execute(gated, id, NONE)).hasSizeGreaterThan(1);
      assertThat(gateway.gate().submitted.stream().map(said -> said.substring(0, 7)))
          .containsExactly("PREPARE", "EXECUTE", "PREPARE", "PREPARE", "EXECUTE", "EXECUTE");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void textReadByOtherSettings_isNotRun(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = through(gateway);
      int id = prepare(gated, "SELECT DATABASE()");
      assertThat(row(execute(gated, id, NONE))).containsExactly("bank");
      gated.ask(new ComInitDb(utf8("mysql")));
      assertThat(error(execute(gated, id, NONE)).code()).isEqualTo(1142);
      gated.ask(new ComInitDb(utf8("bank")));
      assertThat(row(execute(gated, id, NONE))).containsExactly("bank");
      query(gated, "SET NAMES latin1");
      assertThat(error(execute(gated, id, NONE)).code()).isEqualTo(1142);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void lateAnswers_goToTheirStage(Flavour flavour) throws InterruptedException {
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
      gated.tell(new ComStmtPrepare(utf8("SELECT ?")));
      Late prepare = late.take();
      CommandForm.Memo memo = ((CommandForm.Sql) prepare.submission().commands().getFirst()).memo();
      memo.set("noted");
      prepare.reply().answer(prepare.submission().sequence(), Decision.RUN);
      gated.expect(1);
      int id = ((PrepareOk) gated.answer(CommandType.COM_STMT_PREPARE).getFirst()).statement();
      gated.tell(new ComStmtExecute(id, 0, 1, one("x", true)));
      Late execute = late.take();
      CommandForm.Sql executed = (CommandForm.Sql) execute.submission().commands().getFirst();
      assertThat(executed.memo().get()).isEqualTo("noted");
      execute.reply().again(execute.submission().sequence());
      gateway.gate().control().redecide();
      Late anew = late.take();
      assertThat(anew.submission().stage()).isEqualTo(Submission.Stage.EXECUTE);
      anew.reply().answer(anew.submission().sequence(), Decision.RUN);
      gated.expect(1);
      assertThat(row(gated.answer(CommandType.COM_STMT_EXECUTE))).containsExactly("x");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void cursor_isSubmittedAtEachFetch(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      List<Object> values = watched(gateway);
      Conversation gated = through(gateway);
      int id = prepare(gated, "SELECT ? AS a UNION ALL SELECT 2 UNION ALL SELECT 3");
      gated.tell(new ComStmtSendLongData(id, 0, utf8("long")));
      gated.ask(new ComStmtExecute(id, ComStmtExecute.CURSOR, 1, hex("00 01 fd00")));
      assertThat(row(gated.ask(new ComStmtFetch(id, 1)))).containsExactly("long");
      gateway.gate().refuse(Submission.Stage.EXECUTE, "SELECT");
      assertThat(error(gated.ask(new ComStmtFetch(id, 1))).code()).isEqualTo(1142);
      gateway.gate().script((_, _) -> Decision.RUN);
      assertThat(gated.ask(new ComStmtFetch(id, 5))).hasSize(3);
      assertThat(error(gated.ask(new ComStmtFetch(id, 5))).code()).isEqualTo(1421);
      assertThat(values).containsExactly(new Value.Text("long"), new Value.Text("long"));
      assertThat(gateway.gate().outcomes)
          .containsExactly(
              new ScriptedGate.Told(OutcomeKind.SUSPENDED, 0, null),
              new ScriptedGate.Told(OutcomeKind.SUSPENDED, 1, null),
              new ScriptedGate.Told(OutcomeKind.SUCCEEDED, 2, null));
    }
  }
}

package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.LocalInfileData;
import io.gatehouse.mysql.message.LocalInfileRequest;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.FakeServer;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawConnection;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultRecord.Direction;
import io.gatehouse.spi.ResultRecord.Unrecorded;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.testing.ScriptedGate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** LOAD DATA LOCAL: files of clients. */
class FileTransferIT {
  private static final String LOAD = "LOAD DATA LOCAL INFILE '%s' INTO TABLE loaded";

  private static ComQuery query(String sql) {
    return new ComQuery(List.of(), sql.getBytes(StandardCharsets.UTF_8));
  }

  private static Conversation begin(Gateway gateway) {
    return begin(gateway.enter().connection());
  }

  private static Conversation begin(RawConnection raw) {
    Conversation client = new Conversation(raw);
    client.ask(query("CREATE TEMPORARY TABLE loaded (line LONGTEXT)"));
    return client;
  }

  private static String count(Conversation client) {
    List<Message> answer =
        client.ask(query("SELECT COUNT(*), COALESCE(SUM(LENGTH(line)), 0) FROM loaded"));
    return ((TextRow) answer.get(3))
        .values().stream()
            .map(value -> value == null ? "" : new String(value, StandardCharsets.UTF_8))
            .collect(Collectors.joining(" of "));
  }

  private static LocalInfileData data(String text) {
    return new LocalInfileData(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void file_isAskedForAndLoaded(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation client = begin(gateway);
      List<String> asked = new ArrayList<>();
      client.files(
          name -> {
            asked.add(new String(name, StandardCharsets.UTF_8));
            return List.of(data("one\ntw"), data("o\n"), data("three\n"));
          });
      List<Message> answer = client.ask(query(LOAD.formatted("/data/it's.csv".replace("'", "''"))));
      assertThat(answer).hasExactlyElementsOfTypes(LocalInfileRequest.class, OkPacket.class);
      assertThat(asked).containsExactly("/data/it's.csv");
      assertThat(count(client)).isEqualTo("3 of 11");
      client.ask(query(LOAD.formatted("a\\\\b.csv") + "; " + LOAD.formatted("c.csv")));
      assertThat(asked).containsExactly("/data/it's.csv", "a\\b.csv", "c.csv");
      assertThat(count(client)).isEqualTo("9 of 33");
      assertThat(client.ask(new ComPing())).hasExactlyElementsOfTypes(OkPacket.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void packetsAtTheBoundary_passInTheMidstOfAFile(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation client = begin(gateway);
      long bytes = 0;
      List<LocalInfileData> all = new ArrayList<>();
      for (int more = -1; more <= 1; more++) {
        byte[] line = new byte[PacketReader.FULL_BYTES + more];
        Arrays.fill(line, (byte) 'x');
        line[line.length - 1] = '\n';
        bytes += line.length - 1;
        all.add(new LocalInfileData(line));
      }
      client.files(_ -> all);
      client.ask(query(LOAD.formatted("lines")));
      assertThat(count(client)).isEqualTo("3 of " + bytes);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void file_isOnRecordAsItCame(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Kept kept = new Kept(false);
      gateway
          .gate()
          .script(
              (submission, _) -> new Decision.Run(ResultPlan.UNTOUCHED, ResultLimits.NONE, kept));
      Conversation client = begin(gateway);
      client.files(_ -> List.of(data("one\n"), data("two\n")));
      client.ask(query(LOAD.formatted("lines")));
      assertThat(kept.all.toString(StandardCharsets.UTF_8)).contains("one\n").contains("two\n");
      assertThat(count(client)).isEqualTo("2 of 6");
    }
  }

  /** A gateway in front of a server that follows a script once it has let the gate in. */
  private static Gateway before(FakeServer server) {
    Gateway gateway = Gateway.to(Flavour.MYSQL);
    gateway
        .gate()
        .route(
            new Upstream(
                "fake",
                new Upstream.Tcp("127.0.0.1", server.port(), null),
                Held.NATIVE.credential(),
                "",
                null,
                Map.of()));
    return gateway;
  }

  private static FakeServer server(Message... script) {
    List<Message> all = new ArrayList<>(List.of(OkPacket.of(2)));
    all.addAll(List.of(script));
    return new FakeServer(
        FakeServer.OFFERED, AuthPlugin.MYSQL_NATIVE_PASSWORD.wireName(), List.copyOf(all));
  }

  private static LocalInfileRequest request(String file) {
    return new LocalInfileRequest(file.getBytes(StandardCharsets.UTF_8));
  }

  private static void endsAsAViolation(Gateway gateway) {
    await().until(() -> gateway.gate().closed.contains(CloseReason.UPSTREAM_VIOLATED_PROTOCOL));
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, LOAD DATA LOCAL INFILE 'lines.csv' INTO TABLE t",
    "ines.csv, LOAD DATA LOCAL INFILE 'lines.csv' INTO TABLE t",
    "lines.csv2, LOAD DATA LOCAL INFILE 'lines.csv' INTO TABLE t",
    "'', LOAD DATA LOCAL INFILE 'lines.csv' INTO TABLE t",
    "'', LOAD DATA LOCAL INFILE '' INTO TABLE t",
    "/etc/passwd, SELECT * FROM files WHERE name = '/etc/passwd'",
    "/etc/passwd, LOAD DATA LOCAL INFILE 'x' INTO TABLE t LINES TERMINATED BY '/etc/passwd'",
  })
  void fileThatTheCommandDoesNotLoad_isNotAskedFor(String file, String sql) {
    try (FakeServer server = server(request(file));
        Gateway gateway = before(server)) {
      Conversation client = new Conversation(gateway.enter().connection());
      client.files(
          _ -> {
            throw new AssertionError("the client was asked");
          });
      assertThat(client.ask(query(sql)).getLast())
          .isInstanceOfSatisfying(
              ErrPacket.class,
              error -> assertThat(error.message()).contains("that the command does not name"));
      endsAsAViolation(gateway);
    }
  }

  /** Else the rest of the file would be read as commands, and it is another's to write. */
  @Test
  void serverThatAnswersInTheMidstOfAFile_endsTheSession_andNoneOfItIsACommand() {
    try (FakeServer server = server(request("lines"), new ErrPacket(1064, "42000", "enough"));
        Gateway gateway = before(server)) {
      RawConnection raw = gateway.enter().connection();
      new Conversation(raw).tell(query(LOAD.formatted("lines")));
      assertThat(raw.read(LocalInfileRequest::decode)).isEqualTo(request("lines"));
      raw.expect(2);
      assertThat(raw.read(ErrPacket::decode).message()).contains("in the midst of a file");
      endsAsAViolation(gateway);
      assertThat(raw.atEnd()).isTrue();
      assertThat(gateway.gate().submitted).hasSize(1);
      assertThat(gateway.gate().outcomes)
          .extracting(ScriptedGate.Told::kind)
          .containsExactly(OutcomeKind.UNKNOWN);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void fileThatCannotBePutOnRecord_isNotSentOn(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      RawConnection raw = gateway.enter().connection();
      Conversation client = begin(raw);
      gateway
          .gate()
          .script(
              (_, _) ->
                  new Decision.Run(
                      ResultPlan.UNTOUCHED,
                      ResultLimits.NONE,
                      (direction, _, _, _) -> {
                        if (direction == Direction.FROM_CLIENT) {
                          throw new Unrecorded(
                              Refusal.of(Refusal.Kind.UNAVAILABLE, "there is no room"));
                        }
                        return true;
                      }));
      client.tell(query(LOAD.formatted("lines")));
      raw.read(LocalInfileRequest::decode);
      raw.send(data("one\n"));
      assertThat(raw.read(ErrPacket::decode).message()).contains("there is no room");
      await().until(() -> gateway.gate().closed.contains(CloseReason.INTERNAL_FAULT));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void refusedCommand_asksForNothing(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation client = begin(gateway);
      gateway.gate().refuse(Submission.Stage.EXECUTE, "LOCAL");
      client.tell(query(LOAD.formatted("lines")));
      assertThat(client.answer(CommandType.COM_QUERY)).hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(count(client)).isEqualTo("0 of 0");
    }
  }
}

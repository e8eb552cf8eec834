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
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LOAD DATA LOCAL: files of clients. */
class FileTransferIT {
  private static final String LOAD = "LOAD DATA LOCAL INFILE '%s' INTO TABLE loaded";

  private static ComQuery query(String sql) {
    return new ComQuery(List.of(), sql.getBytes(StandardCharsets.UTF_8));
  }

  private static Conversation begin(Gateway gateway) {
    Conversation client = new Conversation(gateway.enter().connection());
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

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "ines", "lines.csv2", ""})
  void fileThatTheCommandDoesNotName_isNotAskedFor(String other) {
    byte[] name = other.getBytes(StandardCharsets.UTF_8);
    try (FakeServer server =
            new FakeServer(
                FakeServer.OFFERED,
                AuthPlugin.MYSQL_NATIVE_PASSWORD.wireName(),
                List.of(new OkPacket(0, 0, 2, 0, 0, "", List.of()), new LocalInfileRequest(name)));
        Gateway gateway = Gateway.to(Flavour.MYSQL)) {
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
      Conversation client = new Conversation(gateway.enter().connection());
      client.files(
          _ -> {
            throw new AssertionError("the client was asked");
          });
      assertThat(client.ask(query(LOAD.formatted("lines.csv"))).getLast())
          .isInstanceOfSatisfying(
              ErrPacket.class,
              error -> assertThat(error.message()).contains("that the command does not name"));
      await().until(() -> gateway.gate().closed.contains(CloseReason.UPSTREAM_VIOLATED_PROTOCOL));
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

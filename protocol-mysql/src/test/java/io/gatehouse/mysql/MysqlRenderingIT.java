package io.gatehouse.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.frame.PacketWriter;
import io.gatehouse.mysql.message.Capability;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.ResultReader;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlRenderingIT {

  /** One line for each thing that was told. */
  private static final class Told implements ResultReader.Sink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void columns(List<String> labels) {
      lines.add("columns " + labels);
    }

    @Override
    public void row(List<@Nullable String> values) {
      lines.add("row " + values);
    }

    @Override
    public void line(String text) {
      lines.add("line " + text);
    }

    @Override
    public void done(String how) {
      lines.add("done " + how);
    }

    @Override
    public void said(String severity, String code, String message) {
      lines.add("said " + severity + " " + code);
    }

    @Override
    public void unread(String what) {
      lines.add("unread " + what);
    }
  }

  static Stream<Arguments> sessions() {
    return Stream.of(Flavour.values())
        .flatMap(f -> Stream.of(true, false).map(deprecate -> Arguments.of(f, deprecate)));
  }

  private static Conversation enter(Flavour flavour, boolean deprecate) {
    RawClient.Entered entered =
        RawClient.enter(
            RealServer.of(flavour).port(),
            Held.NATIVE.user(),
            Held.NATIVE.password(),
            AuthPlugin.MYSQL_NATIVE_PASSWORD,
            deprecate
                ? RawClient.USUAL
                : RawClient.USUAL.without(Capability.DEPRECATE_EOF, Capability.SESSION_TRACK),
            null);
    return new Conversation(entered.connection());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The answer's bytes, which encode as they came. */
  private static byte[] bytes(Conversation server, List<Message> answer) {
    ByteBuf out = Unpooled.buffer();
    int next = 1;
    for (Message message : answer) {
      next = PacketWriter.write(out, next, body -> message.encode(body, server.spoken()));
    }
    return ByteBufUtil.getBytes(out);
  }

  private static byte[] query(Conversation server, String text) {
    return bytes(server, server.ask(new ComQuery(List.of(), utf8(text))));
  }

  private static byte[] execute(Conversation server, String text) {
    PrepareOk prepared = (PrepareOk) server.ask(new ComStmtPrepare(utf8(text))).getFirst();
    return bytes(server, server.ask(new ComStmtExecute(prepared.statement(), 0, 1, new byte[0])));
  }

  /** The same, wherever its bytes are cut. */
  private static List<String> read(byte[] bytes) {
    List<String> whole = read(bytes, bytes.length);
    Random random = new Random(bytes.length);
    for (int most : new int[] {1, 2, 3, 7, 100, 1 + random.nextInt(1_000)}) {
      if (bytes.length < 100_000 || most > 50) {
        assertThat(read(bytes, most)).as("cut after at most %d bytes", most).isEqualTo(whole);
      }
    }
    return whole;
  }

  private static List<String> read(byte[] bytes, int most) {
    Told told = new Told();
    ResultReader reader = new MysqlRendering().results(told);
    for (int at = 0; at < bytes.length; at += most) {
      reader.take(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + most)));
    }
    reader.end();
    return told.lines;
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void answers_areReadBack(Flavour flavour, boolean deprecate) {
    Conversation server = enter(flavour, deprecate);
    String rows = "SELECT 1 AS a, NULL AS b, 'ä' AS c UNION ALL SELECT 2, 'x', ''";
    List<String> expected =
        List.of("columns [a, b, c]", "row [1, null, ä]", "row [2, x, ]", "done end of rows");
    assertThat(read(query(server, rows))).isEqualTo(expected);
    assertThat(read(execute(server, rows))).isEqualTo(expected);
    assertThat(read(query(server, "SELECT 1 AS a FROM DUAL WHERE 1 = 0")))
        .containsExactly("columns [a]", "done end of rows");
    assertThat(read(query(server, "DO 1; SELECT '' AS a; SELECT nothing FROM nowhere")))
        .containsExactly(
            "done OK, rows affected: 0",
            "columns [a]",
            "row []",
            "done end of rows",
            "said ERROR 1146 (42S02)");
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void types_areShownAsTheServerWouldWriteThem(Flavour flavour, boolean deprecate) {
    Conversation server = enter(flavour, deprecate);
    query(server, "SET NAMES utf8mb4");
    query(server, "DROP TABLE IF EXISTS shown");
    query(
        server,
        "CREATE TABLE shown (a BIGINT UNSIGNED, b DECIMAL(8,2), c DATETIME(3), d TIME, e BLOB, f"
            + " BIT(3), g DOUBLE, h YEAR)");
    query(
        server,
        "INSERT INTO shown VALUES (18446744073709551615, -1.5, '2026-11-22 10:11:12.5',"
            + " '-100:00:00', x'00ff', b'101', 0.1, 2026)");
    String text = "SELECT * FROM shown";
    String row =
        "row [18446744073709551615, -1.50, 2026-11-22 10:11:12.500, -100:00:00, 0x00ff, 101, 0.1,"
            + " 2026]";
    assertThat(read(query(server, text))).contains(row);
    assertThat(read(execute(server, text))).contains(row);
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void rowsThatAreTooLong_areLeftOut(Flavour flavour, boolean deprecate) {
    Conversation server = enter(flavour, deprecate);
    assertThat(read(query(server, "SELECT REPEAT('y', 17000000) AS y UNION ALL SELECT 'z'")))
        .containsExactly(
            "columns [y]", "unread a row of 17000009 bytes", "row [z]", "done end of rows");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyBytes_areReadWithoutAFault(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      for (int i = 0; i + 3 < bytes.length; i += 8) {
        bytes[i + 1] = 0;
        bytes[i + 2] = 0;
      }
      assertThat(read(bytes, 1 + random.nextInt(20)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(read(bytes, bytes.length + 1));
    }
  }

  /** A text of two columns whose values are chosen so that they are a binary row's too. */
  @Test
  void rowThatCouldBeBoth_isNotReadUntilItIsKnown() {
    String head =
        "01 000001 02 17 000002 03 'def' 000000 01 'a' 00 0c 2d00 ff000000 fd 0000 00 0000"
            + " 17 000003 03 'def' 000000 01 'b' 00 0c 2d00 ff000000 fd 0000 00 0000";
    // As text an empty one and four bytes; as binary NULL and three bytes.
    String both = " 06 000004 00 04 03 'abc'";
    List<String> read = read(Wire.bytes(head + both));
    assertThat(read).hasSize(2);
    assertThat(read.getLast()).startsWith("unread a row");
    String text = " 04 000004 01 'x' 01 'y'";
    assertThat(read(Wire.bytes(head + text + both))).contains("row [x, y]", "row [, \u0003abc]");
    String binary = " 06 000004 00 00 01 'x' 01 'y'";
    assertThat(read(Wire.bytes(head + binary + both))).contains("row [x, y]", "row [null, abc]");
  }

  @Test
  void values_areShownByTheirTypesNames() {
    MysqlRendering rendering = new MysqlRendering();
    assertThat(rendering.value(Wire.bytes("ff"), "tinyint unsigned", true)).isEqualTo("255");
    assertThat(rendering.value(Wire.bytes("ff"), "tinyint", true)).isEqualTo("-1");
    assertThat(rendering.value(Wire.bytes("'ä'"), "varchar", true)).isEqualTo("ä");
    assertThat(rendering.value(Wire.bytes("ff"), "blob", true)).isEqualTo("0xff");
    assertThat(rendering.value(Wire.bytes("'x'"), "no such type", false)).isEqualTo("x");
  }
}

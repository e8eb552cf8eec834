package io.gatehouse.mysql.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.spi.testing.Certificates;
import io.gatehouse.spi.testing.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real servers say, decoded and encoded again: {@link
 * io.gatehouse.mysql.testing.RawConnection} compares every payload byte by byte.
 */
class RealServerIT {

  /** A session of a real server: flavour, and whether with the newer form of the ends. */
  private record Session(Conversation conversation, RawClient.Entered entered)
      implements AutoCloseable {

    List<Message> query(String text) {
      return conversation.ask(new ComQuery(List.of(), utf8(text)));
    }

    PrepareOk prepare(String text) {
      List<Message> answer = conversation.ask(new ComStmtPrepare(utf8(text)));
      return (PrepareOk) answer.getFirst();
    }

    @Override
    public void close() {
      entered.connection().close();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> sessions() {
    return Stream.of(Flavour.values())
        .flatMap(f -> Stream.of(true, false).map(deprecate -> Arguments.of(f, deprecate)));
  }

  private static Session enter(Flavour flavour, boolean deprecate) {
    Capabilities wished =
        deprecate
            ? RawClient.USUAL
            : RawClient.USUAL.without(Capability.DEPRECATE_EOF, Capability.SESSION_TRACK);
    RawClient.Entered entered =
        RawClient.enter(
            RealServer.of(flavour).port(),
            Held.NATIVE.user(),
            Held.NATIVE.password(),
            AuthPlugin.MYSQL_NATIVE_PASSWORD,
            wished,
            null);
    assertThat(entered.heard().getLast()).isInstanceOf(OkPacket.class);
    return new Session(new Conversation(entered.connection()), entered);
  }

  static Stream<Arguments> logins() {
    List<Arguments> all = new ArrayList<>();
    for (Flavour flavour : Flavour.values()) {
      for (Held held : Held.values()) {
        for (AuthPlugin first : AuthPlugin.values()) {
          for (boolean tls : new boolean[] {true, false}) {
            if (held.on(flavour) && first != AuthPlugin.MYSQL_CLEAR_PASSWORD) {
              all.add(Arguments.of(flavour, held, first, tls));
            }
          }
        }
      }
    }
    return all.stream();
  }

  private static @Nullable SSLContext context(boolean tls) {
    return tls ? Certificates.clientContext() : null;
  }

  @ParameterizedTest
  @MethodSource("logins")
  void clientWithThePassword_isLetIn(Flavour flavour, Held held, AuthPlugin first, boolean tls) {
    RealServer server = RealServer.of(flavour);
    // A second time: then a server has it in memory.
    for (int i = 0; i < 2; i++) {
      RawClient.Entered entered =
          RawClient.enter(
              server.port(), held.user(), held.password(), first, RawClient.USUAL, context(tls));
      assertThat(entered.heard().getLast()).as("%s", entered.heard()).isInstanceOf(OkPacket.class);
      assertThat(entered.greeting().mariadb()).isEqualTo(flavour == Flavour.MARIADB);
      entered.connection().close();
    }
  }

  @ParameterizedTest
  @MethodSource("logins")
  void clientWithAnotherPassword_isNotLetIn(
      Flavour flavour, Held held, AuthPlugin first, boolean tls) {
    RawClient.Entered entered =
        RawClient.enter(
            RealServer.of(flavour).port(),
            held.user(),
            "wrong",
            first,
            RawClient.USUAL,
            context(tls));
    assertThat(entered.heard().getLast())
        .isInstanceOfSatisfying(
            ErrPacket.class,
            error -> {
              assertThat(error.code()).isEqualTo(1045);
              assertThat(error.sqlState()).isEqualTo("28000");
            });
    entered.connection().close();
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void text_comesInRows(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      List<Message> answer =
          session.query("SELECT 1 AS a, NULL AS b, 'x' AS c UNION ALL SELECT 2, 3, ''");
      List<TextRow> rows = only(TextRow.class, answer);
      assertThat(rows)
          .containsExactly(
              new TextRow(Wire.values("'1'", "NULL", "'x'")),
              new TextRow(Wire.values("'2'", "'3'", "")));
      assertThat(only(ColumnDefinition41.class, answer)).hasSize(3);
      assertThat(only(EofPacket.class, answer)).hasSize(deprecate ? 0 : 2);
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void everyType_comesInBinaryRows(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      session.query("DROP TABLE IF EXISTS kinds");
      session.query(
          "CREATE TABLE kinds (a TINYINT, b SMALLINT UNSIGNED, c MEDIUMINT, d INT, e BIGINT"
              + " UNSIGNED, f FLOAT, g DOUBLE, h DECIMAL(20,4), i DATE, j DATETIME(6), k"
              + " TIMESTAMP(3) NULL, l TIME(6), m YEAR, n CHAR(4), o VARCHAR(9), p BLOB, q TEXT, r"
              + " ENUM('x','y'), s SET('x','y'), t BIT(9), u JSON, v GEOMETRY, w BINARY(3), x"
              + " LONGBLOB)");
      session.query(
          "INSERT INTO kinds VALUES (-1, 65535, -8388608, 7, 18446744073709551615, 1.5, 2.5,"
              + " '12345.6789', '2026-11-22', '2026-11-22 10:11:12.131415', '2026-11-22"
              + " 10:11:12.5', '-838:59:58.999999', 2026, 'ab', 'ä', x'00ff', 'text', 'y', 'x,y',"
              + " b'101010101', '{\"a\": 1}', ST_GeomFromText('POINT(1 2)'), 'abc', 'x'),"
              + " (NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,"
              + " NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL), (0,0,0,0,0,0,0,0,'2026-01-01',"
              + " '2026-01-01','2026-01-01 00:00:00','00:00:00',1901,'','','','','x','',b'0','[]',"
              + " ST_GeomFromText('POINT(0 0)'),'','')");
      PrepareOk prepared = session.prepare("SELECT * FROM kinds");
      List<Message> answer =
          session.conversation().ask(new ComStmtExecute(prepared.statement(), 0, 1, new byte[0]));
      List<BinaryRow> rows = only(BinaryRow.class, answer);
      assertThat(rows).hasSize(3);
      assertThat(rows.getFirst().values().get(4)).isEqualTo(Wire.bytes("ffffffffffffffff"));
      assertThat(rows.getFirst().values().get(11)).hasSize(12);
      assertThat(rows.get(1).values()).containsOnlyNulls();
      assertThat(rows.get(2).values().get(11)).isEmpty();
      assertThat(only(TextRow.class, session.query("SELECT * FROM kinds"))).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void boundValues_goInAndComeOut(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      PrepareOk prepared = session.prepare("SELECT ? + 1 AS a, ? AS b, ? AS c");
      assertThat(prepared.parameters()).isEqualTo(3);
      assertThat(prepared.columns()).isEqualTo(3);
      BoundValues bound =
          new BoundValues(
              true,
              java.util.BitSet.valueOf(new long[] {0b100}),
              List.of(
                  value(ColumnType.LONGLONG, "0600000000000000"),
                  value(ColumnType.VAR_STRING, "'xyz'"),
                  new Parameter(new Parameter.Type(ColumnType.NULL, ""), null)));
      List<Message> answer = execute(session, prepared, 0, bound);
      BinaryRow row = only(BinaryRow.class, answer).getFirst();
      assertThat(row.values().get(0)).startsWith(7);
      assertThat(row.values().get(1)).isEqualTo(utf8("xyz"));
      assertThat(row.values().get(2)).isNull();
      // Without types those of the time before hold.
      answer = execute(session, prepared, 0, new BoundValues(false, bound.nulls(), bound.values()));
      assertThat(only(BinaryRow.class, answer)).containsExactly(row);
      session.conversation().tell(new ComStmtSendLongData(prepared.statement(), 1, utf8("long ")));
      session.conversation().tell(new ComStmtSendLongData(prepared.statement(), 1, utf8("data")));
      List<Parameter> values = new ArrayList<>(bound.values());
      values.set(1, new Parameter(new Parameter.Type(ColumnType.VAR_STRING, ""), null));
      answer = execute(session, prepared, 0, new BoundValues(true, bound.nulls(), values));
      assertThat(only(BinaryRow.class, answer).getFirst().values().get(1))
          .isEqualTo(utf8("long data"));
      assertThat(session.conversation().ask(new ComStmtReset(prepared.statement())))
          .hasExactlyElementsOfTypes(OkPacket.class);
      session.conversation().tell(new ComStmtClose(prepared.statement()));
      assertThat(execute(session, prepared, 0, bound)).hasExactlyElementsOfTypes(ErrPacket.class);
    }
  }

  private static Parameter value(int type, String wire) {
    return new Parameter(new Parameter.Type(type, ""), Wire.bytes(wire));
  }

  private static List<Message> execute(
      Session session, PrepareOk prepared, int flags, BoundValues bound) {
    ComStmtExecute empty = new ComStmtExecute(prepared.statement(), flags, 1, new byte[0]);
    byte[] values = bound.encode(empty, session.entered().connection().spoken());
    return session.conversation().ask(new ComStmtExecute(prepared.statement(), flags, 1, values));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void cursor_isFetched(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      PrepareOk prepared = session.prepare("SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3");
      List<Message> opened = execute(session, prepared, ComStmtExecute.CURSOR, BoundValues.NONE);
      assertThat(only(BinaryRow.class, opened)).isEmpty();
      assertThat(session.conversation().status() & ServerStatus.CURSOR_EXISTS).isNotZero();
      List<Message> two = session.conversation().ask(new ComStmtFetch(prepared.statement(), 2));
      assertThat(only(BinaryRow.class, two)).hasSize(2);
      assertThat(session.conversation().status() & ServerStatus.LAST_ROW_SENT).isZero();
      List<Message> rest = session.conversation().ask(new ComStmtFetch(prepared.statement(), 2));
      assertThat(only(BinaryRow.class, rest)).hasSize(1);
      assertThat(session.conversation().status() & ServerStatus.LAST_ROW_SENT).isNotZero();
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void severalStatements_haveSeveralResults(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      List<Message> answer =
          session.query("SELECT 1; DO 0; SELECT 2; SELECT nothing FROM nowhere; SELECT 3");
      assertThat(only(TextRow.class, answer)).hasSize(2);
      assertThat(answer.getLast()).isInstanceOf(ErrPacket.class);
      assertThat(session.conversation().ask(new ComSetOption(ComSetOption.MULTI_STATEMENTS_OFF)))
          .hasSize(1);
      assertThat(session.query("SELECT 1; SELECT 2")).hasExactlyElementsOfTypes(ErrPacket.class);
      assertThat(session.conversation().ask(new ComSetOption(ComSetOption.MULTI_STATEMENTS_ON)))
          .hasSize(1);
      assertThat(only(TextRow.class, session.query("SELECT 1; SELECT 2"))).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void procedure_hasItsResultsAndAnOk(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      session.query("DROP PROCEDURE IF EXISTS two");
      session.query("CREATE PROCEDURE two(OUT o INT) BEGIN SELECT 1; SELECT 2; SET o = 5; END");
      List<Message> answer = session.query("CALL two(@x)");
      assertThat(only(TextRow.class, answer)).hasSize(2);
      assertThat(answer.getLast()).isInstanceOf(OkPacket.class);
      PrepareOk prepared = session.prepare("CALL two(?)");
      BoundValues out =
          new BoundValues(
              true, new java.util.BitSet(), List.of(value(ColumnType.LONG, "00000000")));
      List<Message> executed = execute(session, prepared, 0, out);
      // The third result is that of the parameter.
      assertThat(only(BinaryRow.class, executed)).hasSize(3);
      assertThat(executed.getLast()).isInstanceOf(OkPacket.class);
      assertThat(session.conversation().ask(new ComPing())).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void errorInTheMiddleOfRows_endsThem(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      session.query("DROP TABLE IF EXISTS numbers");
      session.query("CREATE TABLE numbers (n INT) SELECT 1 AS n UNION ALL SELECT 2");
      List<Message> answer =
          session.query(
              "SELECT n, IF(n = 1, 0, EXP(n * 1000)), (SELECT 1 FROM numbers b WHERE b.n <="
                  + " numbers.n) FROM numbers ORDER BY n");
      assertThat(answer.getLast()).isInstanceOf(ErrPacket.class);
      assertThat(session.query("SELECT 1")).hasSizeGreaterThan(2);
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void sessionThatChanges_isTold(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      session.query("CREATE DATABASE IF NOT EXISTS other");
      List<Message> moved = session.conversation().ask(new ComInitDb(utf8("other")));
      List<SessionChange> changes = only(OkPacket.class, moved).getFirst().changes();
      List<Message> set = session.query("SET autocommit = 0");
      if (deprecate) {
        assertThat(changes).contains(new SessionChange.Schema("other"));
        assertThat(only(OkPacket.class, set).getFirst().changes())
            .anyMatch(
                change ->
                    change instanceof SessionChange.Variables(var settings)
                        && settings.contains(new SessionChange.Setting("autocommit", "OFF")));
      }
      assertThat(session.conversation().status() & ServerStatus.AUTOCOMMIT).isZero();
      session.query(
          "SET session_track_gtids='OWN_GTID', session_track_transaction_info='CHARACTERISTICS'");
      session.query("START TRANSACTION");
      assertThat(session.conversation().status() & ServerStatus.IN_TRANSACTION).isNotZero();
      session.query("ROLLBACK");
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void smallCommands_areAnswered(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      Conversation conversation = session.conversation();
      assertThat(conversation.ask(new ComPing())).hasExactlyElementsOfTypes(OkPacket.class);
      assertThat(conversation.ask(new ComStatistics()))
          .hasExactlyElementsOfTypes(StatisticsText.class);
      assertThat(conversation.ask(new ComResetConnection()))
          .hasExactlyElementsOfTypes(OkPacket.class);
      assertThat(session.query("nonsense")).hasExactlyElementsOfTypes(ErrPacket.class);
      conversation.tell(new ComQuit());
      assertThat(session.entered().connection().atEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void fileOfTheClients_isAskedFor(Flavour flavour, boolean deprecate) {
    try (Session session = enter(flavour, deprecate)) {
      session.query("DROP TABLE IF EXISTS lines_of");
      session.query("CREATE TABLE lines_of (a INT, b TEXT)");
      List<byte[]> asked = new ArrayList<>();
      session
          .conversation()
          .files(
              file -> {
                asked.add(file);
                return List.of(
                    new LocalInfileData(utf8("1\tone\n2\t")), new LocalInfileData(utf8("two\n")));
              });
      List<Message> answer =
          session.query("LOAD DATA LOCAL INFILE '/some/file' INTO TABLE lines_of");
      assertThat(answer).hasExactlyElementsOfTypes(LocalInfileRequest.class, OkPacket.class);
      assertThat(asked).singleElement().isEqualTo(utf8("/some/file"));
      assertThat(only(OkPacket.class, answer).getFirst().affectedRows()).isEqualTo(2);
      session.conversation().files(file -> List.of());
      assertThat(session.query("LOAD DATA LOCAL INFILE '/some/file' INTO TABLE lines_of").getLast())
          .isInstanceOf(OkPacket.class);
    }
  }

  static Stream<Arguments> boundaries() {
    int full = PacketReader.FULL_BYTES;
    return Stream.of(Flavour.values())
        .flatMap(f -> Stream.of(full - 1, full, full + 1, 2 * full).map(n -> Arguments.of(f, n)));
  }

  /** The answer's row is the value, and before it its length in nine or four bytes. */
  @ParameterizedTest
  @MethodSource("boundaries")
  void payloadAtTheBoundary_goesInAndComesOut(Flavour flavour, int length) {
    try (Session session = enter(flavour, true)) {
      byte[] text = new byte[length - 1];
      Arrays.fill(text, (byte) 'x');
      byte[] before = utf8("SELECT '");
      System.arraycopy(before, 0, text, 0, before.length);
      text[text.length - 1] = '\'';
      List<Message> answer = session.conversation().ask(new ComQuery(List.of(), text));
      byte[] value = only(TextRow.class, answer).getFirst().values().getFirst();
      assertThat(value).isNotNull();
      assertThat(value.length).isEqualTo(text.length - before.length - 1);
      for (int more = -1; more <= 1; more++) {
        int size = length + more - (length + more > PacketReader.FULL_BYTES + 4 ? 9 : 4);
        List<Message> row = session.query("SELECT REPEAT('y', " + size + ")");
        byte[] repeated = only(TextRow.class, row).getFirst().values().getFirst();
        assertThat(repeated == null ? -1 : repeated.length).isEqualTo(size);
      }
    }
  }

  private static <M extends Message> List<M> only(Class<M> type, List<Message> messages) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }
}

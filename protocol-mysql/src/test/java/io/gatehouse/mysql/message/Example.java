package io.gatehouse.mysql.message;

import static io.gatehouse.spi.testing.Wire.bytes;

import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A message and what it is on the wire.
 *
 * @param spoken what is agreed on
 * @param decoder from the payload to the message
 * @param openEnded whether the last field takes all that is left or may be left out, so that a cut
 *     or a longer payload may be a message too
 */
record Example(
    Message message,
    Capabilities spoken,
    String wire,
    Function<ByteBuf, Message> decoder,
    boolean openEnded) {

  static final Capabilities PLAIN =
      Capabilities.of(
          Capability.CLIENT_MYSQL,
          Capability.PROTOCOL_41,
          Capability.SECURE_CONNECTION,
          Capability.PLUGIN_AUTH);
  static final Capabilities TRACKED = PLAIN.with(Capability.SESSION_TRACK);
  static final Capabilities RICH =
      TRACKED.with(
          Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA,
          Capability.CONNECT_ATTRS,
          Capability.CONNECT_WITH_DB,
          Capability.DEPRECATE_EOF,
          Capability.QUERY_ATTRIBUTES);
  static final Capabilities MARIADB =
      PLAIN
          .without(Capability.CLIENT_MYSQL)
          .with(Capability.MARIADB_EXTENDED_METADATA, Capability.MARIADB_STMT_BULK_OPERATIONS);

  private static final String SCRAMBLE = "'0123456789abcdefghij' 00";
  private static final List<Integer> TYPES =
      List.of(
          ColumnType.LONG,
          ColumnType.VAR_STRING,
          ColumnType.DATETIME,
          ColumnType.NULL,
          ColumnType.TINY,
          ColumnType.DOUBLE,
          ColumnType.SHORT,
          ColumnType.TIME,
          ColumnType.JSON);

  byte[] payload() {
    return bytes(wire);
  }

  @Override
  public String toString() {
    return message.getClass().getSimpleName() + " " + wire;
  }

  static Stream<Example> all() {
    return Stream.of(greetings(), logins(), commands(), statements(), answers(), oks(), rows())
        .flatMap(List::stream);
  }

  private static Example of(Message message, String wire, Function<ByteBuf, Message> decoder) {
    return new Example(message, PLAIN, wire, decoder, false);
  }

  private static Example command(Command command, String wire) {
    return new Example(command, PLAIN, wire, b -> CommandDecoder.decode(b, PLAIN), false);
  }

  private static Example command(Command command, Capabilities spoken, String wire) {
    return new Example(command, spoken, wire, b -> CommandDecoder.decode(b, spoken), false);
  }

  private Example open() {
    return new Example(message, spoken, wire, decoder, true);
  }

  private static List<Example> greetings() {
    return List.of(
        of(
            new HandshakeV10("8.0.15", 7, bytes(SCRAMBLE), PLAIN, 255, 2, "caching_sha2_password"),
            "0a '8.0.15' 00 07000000 '01234567' 00 0182 ff 0200 0800 15 00000000000000000000"
                + "'89abcdefghij' 00 'caching_sha2_password' 00",
            HandshakeV10::decode),
        of(
            new HandshakeV10(
                "5.5.5-11.4.5-MariaDB",
                -1,
                bytes(SCRAMBLE),
                MARIADB,
                45,
                2,
                "mysql_native_password"),
            "0a '5.5.5-11.4.5-MariaDB' 00 ffffffff '01234567' 00 0082 2d 0200 0800 15 000000000000"
                + "0c000000 '89abcdefghij' 00 'mysql_native_password' 00",
            HandshakeV10::decode),
        of(
            new SslRequest(PLAIN, 1 << 24, 45),
            "01820800 00000001 2d 0000000000000000000000000000000000000000000000",
            SslRequest::decode),
        of(
                new AuthSwitchRequest("mysql_native_password", bytes(SCRAMBLE)),
                "fe 'mysql_native_password' 00" + SCRAMBLE,
                AuthSwitchRequest::decode)
            .open(),
        of(new AuthNextFactor("x", bytes("01")), "02 'x' 00 01", AuthNextFactor::decode).open(),
        of(new AuthMoreData(bytes("04")), "01 04", AuthMoreData::decode).open(),
        of(new AuthResponse(bytes("'secret' 00")), "'secret' 00", AuthResponse::decode).open());
  }

  private static List<Example> logins() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("_pid", "7");
    attributes.put("_os", "Linux");
    return List.of(
        of(
            new HandshakeResponse41(
                PLAIN, 0, 255, "ann", bytes("0102"), null, "mysql_native_password", Map.of()),
            "01820800 00000000 ff 0000000000000000000000000000000000000000000000"
                + "'ann' 00 02 0102 'mysql_native_password' 00",
            HandshakeResponse41::decode),
        of(
            new HandshakeResponse41(RICH, 0, 255, "ann", bytes("0102"), "", "x", attributes),
            "0982b809 00000000 ff 0000000000000000000000000000000000000000000000"
                + "'ann' 00 02 0102 00 'x' 00 11 04 '_pid' 01 '7' 03 '_os' 05 'Linux'",
            HandshakeResponse41::decode),
        of(
            new HandshakeResponse41(MARIADB, 0, 45, "", bytes(""), null, "x", Map.of()),
            "00820800 00000000 2d 00000000000000000000000000000000000000 0c000000" + "00 00 'x' 00",
            HandshakeResponse41::decode),
        command(new ComChangeUser("ann", bytes("0102"), "db", null), "11 'ann' 00 02 0102 'db' 00"),
        command(
                new ComChangeUser("ann", bytes(""), "", new ComChangeUser.Rest(255, "x", Map.of())),
                "11 'ann' 00 00 00 ff00 'x' 00")
            .open(),
        command(
                new ComChangeUser("a", bytes(""), "", new ComChangeUser.Rest(45, "x", attributes)),
                RICH,
                "11 'a' 00 00 00 2d00 'x' 00 11 04 '_pid' 01 '7' 03 '_os' 05 'Linux'")
            .open());
  }

  private static List<Example> commands() {
    return List.of(
        command(new ComQuit(), "01"),
        command(new ComInitDb(bytes("'db'")), "02 'db'").open(),
        command(new ComQuery(List.of(), bytes("'SELECT 1'")), "03 'SELECT 1'").open(),
        command(new ComQuery(List.of(), bytes("'SELECT 1'")), RICH, "03 00 01 'SELECT 1'").open(),
        command(
                new ComQuery(
                    List.of(
                        new Parameter(
                            new Parameter.Type(ColumnType.VAR_STRING, "app"), bytes("'x'")),
                        new Parameter(new Parameter.Type(ColumnType.NULL, "n"), null)),
                    bytes("'SELECT 1'")),
                RICH,
                "03 02 01 02 01 fd00 03 'app' 0600 01 'n' 01 'x' 'SELECT 1'")
            .open(),
        command(new ComStatistics(), "09"),
        command(new ComPing(), "0e"),
        command(new ComSetOption(1), "1b 0100"),
        command(new ComResetConnection(), "1f"),
        of(new LocalInfileData(bytes("'a,b'")), "'a,b'", LocalInfileData::decode).open());
  }

  private static List<Example> statements() {
    return List.of(
        command(new ComStmtPrepare(bytes("'SELECT ?'")), "16 'SELECT ?'").open(),
        command(
                new ComStmtExecute(1, 0, 1, bytes("00 01 0300 07000000")),
                "17 01000000 00 01000000 00 01 0300 07000000")
            .open(),
        command(new ComStmtSendLongData(1, 2, bytes("'x'")), "18 01000000 0200 'x'").open(),
        command(new ComStmtClose(-1), "19 ffffffff"),
        command(new ComStmtReset(1), "1a 01000000"),
        command(new ComStmtFetch(1, 100), "1c 01000000 64000000"),
        of(new PrepareOk(1, 2, 3, 4), "00 01000000 0200 0300 00 0400", PrepareOk::decode));
  }

  private static List<Example> answers() {
    ColumnDefinition41.Origin origin = new ColumnDefinition41.Origin("db", "t", "people", "id");
    ColumnDefinition41 column =
        new ColumnDefinition41("def", origin, "i", null, 63, 11, ColumnType.LONG, 0x4203, 0);
    return List.of(
        of(new ErrPacket(1045, "28000", "no"), "ff 1504 '#28000no'", ErrPacket::decode).open(),
        of(new ErrPacket(1040, null, "Too many"), "ff 1004 'Too many'", ErrPacket::decode).open(),
        of(new EofPacket(1, 34), "fe 0100 2200", EofPacket::decode),
        of(new LocalInfileRequest(bytes("'/a'")), "fb '/a'", LocalInfileRequest::decode).open(),
        of(new StatisticsText(bytes("'Uptime'")), "'Uptime'", StatisticsText::decode).open(),
        of(new ColumnCount(1), "01", ColumnCount::decode),
        of(new ColumnCount(4096), "fc 0010", ColumnCount::decode),
        of(
            column,
            "03 'def' 02 'db' 01 't' 06 'people' 01 'i' 02 'id' 0c 3f00 0b000000 03 0342 00 0000",
            b -> ColumnDefinition41.decode(b, PLAIN)),
        new Example(
            new ColumnDefinition41(
                "def", origin, "i", bytes("00 04 'json'"), 63, 11, ColumnType.BLOB, 0, 31),
            MARIADB,
            "03 'def' 02 'db' 01 't' 06 'people' 01 'i' 02 'id' 06 00 04 'json'"
                + "0c 3f00 0b000000 fc 0000 1f 0000",
            b -> ColumnDefinition41.decode(b, MARIADB),
            false));
  }

  private static OkPacket ok(int header, int status, String info, SessionChange... changes) {
    return new OkPacket(header, 1, 2, status, 3, info, List.of(changes));
  }

  private static List<Example> oks() {
    return List.of(
        of(OkPacket.of(2), "00 00 00 0200 0000", b -> OkPacket.decode(b, PLAIN)).open(),
        of(ok(0, 2, "Rows"), "00 01 02 0200 0300 'Rows'", b -> OkPacket.decode(b, PLAIN)).open(),
        of(
                new OkPacket(0xFE, 1_000, 1 << 20, 2, 0, null, List.of()),
                "fe fc e803 fd 000010 0200 0000",
                b -> OkPacket.decode(b, PLAIN))
            .open(),
        new Example(
            new OkPacket(0, -1, 0xFFFF_FFFFL, 2, 0, "a", List.of()),
            TRACKED,
            "00 fe ffffffffffffffff fe ffffffff00000000 0200 0000 01 'a'",
            b -> OkPacket.decode(b, TRACKED),
            true),
        new Example(
            ok(
                0xFE,
                ServerStatus.SESSION_STATE_CHANGED,
                "",
                new SessionChange.Schema("db"),
                new SessionChange.Variables(
                    List.of(
                        new SessionChange.Setting("autocommit", "ON"),
                        new SessionChange.Setting("a", ""))),
                new SessionChange.Other(2, bytes("01 '1'"))),
            TRACKED,
            "fe 01 02 0040 0300 00 1c 01 03 02 'db' 00 11 0a 'autocommit' 02 'ON' 01 'a' 00"
                + "02 02 01 '1'",
            b -> OkPacket.decode(b, TRACKED),
            true));
  }

  private static List<Example> rows() {
    return List.of(
        of(
            new TextRow(Wire.values("'abc'", "NULL", "")),
            "03 'abc' fb 00",
            b -> TextRow.decode(b, 3)),
        of(
            new BinaryRow(
                TYPES,
                Wire.values(
                    "07000000",
                    "'abc'",
                    "e2070a11 13 1b 1e",
                    "NULL",
                    "01",
                    "0000000000000440",
                    "ffff",
                    "",
                    "'{}'")),
            "00 2000 07000000 03 'abc' 07 e2070a11131b1e 01 0000000000000440 ffff 00 02 '{}'",
            b -> BinaryRow.decode(b, TYPES)));
  }

  /** What a prepared statement of two parameters was bound to, the second by long data. */
  static BoundValues.Known known() {
    BitSet second = new BitSet();
    second.set(1);
    return new BoundValues.Known(2, List.of(), second);
  }
}

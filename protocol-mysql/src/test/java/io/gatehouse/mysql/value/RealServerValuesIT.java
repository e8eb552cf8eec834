package io.gatehouse.mysql.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.BinaryRow;
import io.gatehouse.mysql.message.ColumnDefinition41;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.password.AuthPlugin;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real servers send of each type, in both forms of rows. */
class RealServerValuesIT {

  /** Declared type, name and modifier of its column, literal, and what it means. */
  private record Sample(String declared, String name, int modifier, String literal, Value value) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample("TINYINT", "tinyint", -1, "-128", new Value.Int(-128)),
          new Sample("TINYINT UNSIGNED", "tinyint unsigned", -1, "255", new Value.Int(255)),
          new Sample("SMALLINT", "smallint", -1, "-32768", new Value.Int(-32768)),
          new Sample("SMALLINT UNSIGNED", "smallint unsigned", -1, "65535", new Value.Int(65535)),
          new Sample("MEDIUMINT", "mediumint", -1, "-8388608", new Value.Int(-8388608)),
          new Sample(
              "MEDIUMINT UNSIGNED", "mediumint unsigned", -1, "16777215", new Value.Int(16777215)),
          new Sample("INT", "int", -1, "-2147483648", new Value.Int(-2147483648L)),
          new Sample("INT UNSIGNED", "int unsigned", -1, "4294967295", new Value.Int(4294967295L)),
          new Sample("INT(5) ZEROFILL", "int unsigned", -1, "42", new Value.Int(42)),
          new Sample("BIGINT", "bigint", -1, "-9223372036854775808", new Value.Int(Long.MIN_VALUE)),
          new Sample(
              "BIGINT UNSIGNED",
              "bigint unsigned",
              -1,
              "18446744073709551615",
              new Value.Decimal(new BigDecimal("18446744073709551615"))),
          new Sample("BIGINT UNSIGNED", "bigint unsigned", -1, "7", new Value.Int(7)),
          new Sample("FLOAT", "float", -1, "1.5", new Value.Real(1.5)),
          new Sample("DOUBLE", "double", -1, "0", new Value.Real(0)),
          new Sample("DOUBLE", "double", -1, "-0.1", new Value.Real(-0.1)),
          new Sample("DOUBLE", "double", -1, "1e14", new Value.Real(1e14)),
          new Sample("DOUBLE", "double", -1, "1e15", new Value.Real(1e15)),
          new Sample("DOUBLE", "double", -1, "1.25e20", new Value.Real(1.25e20)),
          new Sample("DOUBLE", "double", -1, "1e-14", new Value.Real(1e-14)),
          new Sample("DOUBLE", "double", -1, "1e-15", new Value.Real(1e-15)),
          new Sample("DOUBLE", "double", -1, "1e-16", new Value.Real(1e-16)),
          new Sample("DOUBLE", "double", -1, "123456789.123456", new Value.Real(123456789.123456)),
          new Sample("DOUBLE(10,2)", "double", -1, "2.5", new Value.Real(2.5)),
          new Sample(
              "DECIMAL(20,4)",
              "decimal",
              20 * 256 + 4,
              "-12345.6789",
              new Value.Decimal(new BigDecimal("-12345.6789"))),
          new Sample(
              "DECIMAL(5,0) UNSIGNED",
              "decimal unsigned",
              5 * 256,
              "12",
              new Value.Decimal(new BigDecimal("12"))),
          new Sample(
              "DECIMAL(3,3)",
              "decimal",
              3 * 256 + 3,
              "0.125",
              new Value.Decimal(new BigDecimal("0.125"))),
          new Sample("YEAR", "year", -1, "2026", new Value.Int(2026)),
          new Sample("YEAR", "year", -1, "0000", new Value.Int(0)),
          new Sample(
              "DATE", "date", -1, "'2026-11-22'", new Value.Date(LocalDate.of(2026, 11, 22))),
          new Sample("DATE", "date", -1, "'0000-00-00'", new Value.Special("0000-00-00")),
          new Sample("DATE", "date", -1, "'2026-00-00'", new Value.Special("2026-00-00")),
          new Sample(
              "DATETIME",
              "datetime",
              0,
              "'2026-11-22 10:11:12'",
              new Value.Timestamp(LocalDateTime.of(2026, 11, 22, 10, 11, 12))),
          new Sample(
              "DATETIME(6)",
              "datetime",
              6,
              "'2026-11-22 10:11:12.001'",
              new Value.Timestamp(LocalDateTime.of(2026, 11, 22, 10, 11, 12, 1_000_000))),
          new Sample(
              "DATETIME(3)",
              "datetime",
              3,
              "'0000-00-00 00:00:00'",
              new Value.Special("0000-00-00 00:00:00.000")),
          new Sample(
              "TIMESTAMP(2) NULL",
              "timestamp",
              2,
              "'2026-01-01 00:00:00'",
              new Value.Timestamp(LocalDateTime.of(2026, 1, 1, 0, 0))),
          new Sample("TIME", "time", 0, "'-838:59:59'", new Value.Text("-838:59:59")),
          new Sample("TIME(6)", "time", 6, "'25:00:00.5'", new Value.Text("25:00:00.500000")),
          new Sample("TIME(3)", "time", 3, "'00:00:00'", new Value.Text("00:00:00.000")),
          new Sample("CHAR(4)", "char", 4, "'ab'", new Value.Text("ab")),
          new Sample("VARCHAR(9)", "varchar", 9, "'aä€😀'", new Value.Text("aä€😀")),
          new Sample("VARCHAR(9)", "varchar", 9, "''", new Value.Text("")),
          new Sample("VARCHAR(9) CHARACTER SET latin1", "varchar", 9, "'ä€'", new Value.Text("ä€")),
          new Sample("ENUM('x','ö')", "enum", -1, "'ö'", new Value.Text("ö")),
          new Sample("SET('x','y')", "set", -1, "'x,y'", new Value.Text("x,y")),
          new Sample("BINARY(3)", "binary", 3, "x'00ff'", bytes(0, 0xFF, 0)),
          new Sample("VARBINARY(3)", "varbinary", 3, "x'00ff'", bytes(0, 0xFF)),
          new Sample("BLOB", "blob", 65_535, "x'00ff'", bytes(0, 0xFF)),
          new Sample("BIT(9)", "bit", 9, "b'101010101'", new Value.Text("101010101")),
          new Sample("BIT(64)", "bit", 64, "b'1'", new Value.Text("0".repeat(63) + "1")));

  private static Value bytes(int... all) {
    byte[] bytes = new byte[all.length];
    for (int i = 0; i < all.length; i++) {
      bytes[i] = (byte) all[i];
    }
    return new Value.Bytes(bytes);
  }

  private static Conversation direct(Flavour flavour) {
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

  private static List<Message> query(Conversation server, String text) {
    List<Message> answer =
        server.ask(new ComQuery(List.of(), text.getBytes(StandardCharsets.UTF_8)));
    assertThat(answer).as(text).noneMatch(ErrPacket.class::isInstance);
    return answer;
  }

  private static List<Message> execute(Conversation server, String text) {
    PrepareOk prepared =
        (PrepareOk)
            server.ask(new ComStmtPrepare(text.getBytes(StandardCharsets.UTF_8))).getFirst();
    return server.ask(new ComStmtExecute(prepared.statement(), 0, 1, new byte[0]));
  }

  private static ColumnKind kind(List<Message> answer) {
    return ColumnKind.of((ColumnDefinition41) answer.get(1));
  }

  private static byte @Nullable [] value(List<Message> answer) {
    return switch (answer.get(2)) {
      case TextRow row -> row.values().getFirst();
      case BinaryRow row -> row.values().getFirst();
      default -> throw new AssertionError(answer);
    };
  }

  private static byte[] encoded(ColumnKind kind, Value value, boolean binary) {
    ByteBuf out = Unpooled.buffer();
    ValueCodecs.of(kind).encode(value, binary, out);
    return ByteBufUtil.getBytes(out);
  }

  /** The same value from both forms of rows, and from the value the server's very bytes. */
  private static void check(Conversation server, String column, @Nullable Value expected) {
    for (boolean binary : new boolean[] {false, true}) {
      String text = "SELECT c FROM one_of";
      List<Message> answer = binary ? execute(server, text) : query(server, text);
      ColumnKind kind = kind(answer);
      byte[] wire = value(answer);
      assertThat(wire).as(column).isNotNull();
      Value decoded = ValueCodecs.of(kind).decode(Unpooled.wrappedBuffer(wire), binary);
      assertThat(decoded).as("%s, binary %s", column, binary).isEqualTo(expected);
      assertThat(encoded(kind, decoded, binary))
          .as("%s, binary %s", column, binary)
          .isEqualTo(wire);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void everyType_isReadAndWrittenAsTheServerDoes(Flavour flavour) {
    Conversation server = direct(flavour);
    query(server, "SET NAMES utf8mb4");
    query(server, "SET sql_mode = ''");
    for (Sample sample : SAMPLES) {
      query(server, "DROP TABLE IF EXISTS one_of");
      query(server, "CREATE TABLE one_of (c " + sample.declared() + ") DEFAULT CHARSET = utf8mb4");
      query(server, "INSERT INTO one_of VALUES (" + sample.literal() + ")");
      ColumnKind kind = kind(query(server, "SELECT c FROM one_of"));
      assertThat(kind.name()).isEqualTo(sample.name());
      assertThat(kind.modifier()).as(sample.declared()).isEqualTo(sample.modifier());
      check(server, sample.declared() + " " + sample.literal(), sample.value());
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void json_isJsonInMysqlAndTextInMariadb(Flavour flavour) {
    Conversation server = direct(flavour);
    query(server, "SET NAMES utf8mb4");
    query(server, "DROP TABLE IF EXISTS one_of");
    query(server, "CREATE TABLE one_of (c JSON)");
    query(server, "INSERT INTO one_of VALUES ('{\"a\": \"ä\"}')");
    Value expected =
        switch (flavour) {
          case MYSQL -> new Value.Json("{\"a\": \"ä\"}");
          case MARIADB -> new Value.Text("{\"a\": \"ä\"}");
        };
    check(server, "json", expected);
    query(server, "SET NAMES latin1");
    if (flavour == Flavour.MARIADB) {
      check(server, "json in latin1", expected);
    } else {
      // Its definition says bytes, and they are not those of UTF-8.
      List<Message> answer = query(server, "SELECT c FROM one_of");
      byte[] wire = value(answer);
      assertThat(wire).isNotNull();
      assertThat(kind(answer).collation()).isEqualTo(Collations.BINARY);
      assertThat(ValueCodecs.of(kind(answer)).decode(Unpooled.wrappedBuffer(wire), false))
          .isEqualTo(new Value.Opaque("json", wire));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void texts_comeInTheSessionsCharacterSetOrStayBytes(Flavour flavour) {
    Conversation server = direct(flavour);
    query(server, "SET NAMES utf8mb4");
    query(server, "DROP TABLE IF EXISTS one_of");
    query(server, "CREATE TABLE one_of (c VARCHAR(20) CHARACTER SET utf8mb4)");
    query(server, "INSERT INTO one_of VALUES ('aä€')");
    for (String names : List.of("utf8mb4", "utf8", "latin1")) {
      query(server, "SET NAMES " + names);
      check(server, names, new Value.Text("aä€"));
    }
    query(server, "SET character_set_results = NULL");
    check(server, "as it is stored", new Value.Text("aä€"));
    for (String other : List.of("ucs2", "cp1250", "gbk")) {
      query(server, "SET character_set_results = " + other);
      List<Message> answer = query(server, "SELECT c FROM one_of");
      byte[] wire = value(answer);
      assertThat(wire).isNotNull();
      assertThat(ValueCodecs.of(kind(answer)).decode(Unpooled.wrappedBuffer(wire), false))
          .as(other)
          .isEqualTo(new Value.Opaque("varchar", wire));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void whatHasNoCodec_isOpaque(Flavour flavour) {
    Conversation server = direct(flavour);
    List<Message> answer = query(server, "SELECT ST_GeomFromText('POINT(1 2)')");
    byte[] wire = value(answer);
    assertThat(wire).isNotNull();
    assertThat(ValueCodecs.of(kind(answer)).decode(Unpooled.wrappedBuffer(wire), false))
        .isEqualTo(new Value.Opaque("geometry", wire));
    assertThat(kind(query(server, "SELECT NULL")).name()).isIn("null", "binary", "varbinary");
  }

  /** What a float is in text is not all that it is. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void floats_areAsTheServerShowsThem(Flavour flavour) {
    Conversation server = direct(flavour);
    query(server, "DROP TABLE IF EXISTS one_of");
    query(server, "CREATE TABLE one_of (c FLOAT)");
    query(server, "INSERT INTO one_of VALUES (16777217.0)");
    List<Message> text = query(server, "SELECT c FROM one_of");
    List<Message> binary = execute(server, "SELECT c FROM one_of");
    byte[] shown = value(text);
    byte[] exact = value(binary);
    assertThat(shown).isNotNull();
    assertThat(exact).isNotNull();
    ValueCodec codec = ValueCodecs.of(kind(text));
    assertThat(codec.decode(Unpooled.wrappedBuffer(exact), true))
        .isEqualTo(new Value.Real(16777216));
    assertThat(codec.decode(Unpooled.wrappedBuffer(shown), false)).isInstanceOf(Value.Real.class);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void everyCollationOfTheServer_isOfItsCharacterSet(Flavour flavour) {
    Conversation server = direct(flavour);
    List<Message> answer =
        query(
            server,
            flavour == Flavour.MYSQL
                ? "SELECT id, character_set_name FROM information_schema.collations"
                : "SELECT id, character_set_name FROM"
                    + " information_schema.collation_character_set_applicability");
    int read = 0;
    for (Message message : answer) {
      if (message instanceof TextRow row && row.values().getFirst() != null) {
        int id = Integer.parseInt(string(row, 0));
        String name = string(row, 1);
        TextEncoding encoding = Collations.encoding(id);
        read += encoding == null ? 0 : 1;
        assertThat(encoding)
            .as("collation %d of %s", id, name)
            .isEqualTo(
                switch (name) {
                  case "utf8mb4" -> TextEncoding.UTF8MB4;
                  case "utf8", "utf8mb3" -> TextEncoding.UTF8MB3;
                  case "latin1" -> TextEncoding.LATIN1;
                  case "ascii" -> TextEncoding.ASCII;
                  default -> null;
                });
      }
    }
    assertThat(read).isGreaterThan(100);
  }

  private static String string(TextRow row, int column) {
    byte[] value = row.values().get(column);
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }
}

package io.gatehouse.appliance.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.mask.type.PostgresTypes;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.postgres.value.RowRewriter;
import io.gatehouse.spi.FieldMask;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What comes out of every mask can be carried by the column that it was made for: it is sent back
 * to the server in the format it had, goes into a column of that very type, and comes back the
 * same.
 */
class MaskedRowsIT {
  private static final MaskCatalog CATALOG = TestMasks.catalog();
  private static final int NUMERIC_NULL = -1;

  private static RealDatabase database;
  private static ServerDialogue server;

  /** A column's declaration, and what is in it. */
  record Column(String type, List<String> literals) {
    @Override
    public String toString() {
      return type;
    }
  }

  private static Column column(String type, String... literals) {
    return new Column(type, List.of(literals));
  }

  static Stream<Column> columns() {
    return Stream.of(numbers(), texts(), times(), others()).flatMap(List::stream);
  }

  private static List<Column> numbers() {
    return List.of(
        column("bool", "t", "f"),
        column("int2", "0", "-32768", "32767", "1234"),
        column("int4", "0", "-2147483648", "2147483647", "4711"),
        column("int8", "0", "-9223372036854775808", "9223372036854775807", "471147114711"),
        column("oid", "0", "4294967295"),
        column(
            "numeric",
            "0",
            "NaN",
            "Infinity",
            "-1.50",
            "123456789012345678901234567890.5",
            "1e-30"),
        column("numeric(12,2)", "0", "NaN", "9999999999.99", "-9999999999.99", "1.10"),
        column("numeric(12,0)", "0", "999999999999", "-1", "471147114711"),
        column("numeric(16)", "4111111111111111"),
        column("numeric(3,-2)", "99900", "-99900", "0"),
        column("numeric(2,5)", "0.00099", "0"),
        column("float4", "0", "-0", "NaN", "-Infinity", "3.4e38", "1e-45", "4711.5"),
        column("float8", "0", "NaN", "Infinity", "1.7e308", "-1.7e308", "5e-324", "4711.5"));
  }

  private static List<Column> texts() {
    String[] values = {
      "", "a", "€€€€€€€€", "joe@example.com", "4111111111111111", "536-22-8726", "  x  "
    };
    return List.of(
        column("text", values),
        column("text", "DE89370400440532013000", "+41 44 668 18 00", "\n\t\"'\\"),
        column("varchar", values),
        column("varchar(20)", values),
        column("varchar(8)", "", "a", "12345678"),
        column("varchar(1)", "", "a"),
        column("char(20)", values),
        column("char(3)", "", "abc"),
        column("bpchar", values),
        column("name", "", "a name", "4111111111111111"),
        column("\"char\"", "", "a"),
        column("email", "joe@example.com", "x"));
  }

  private static List<Column> times() {
    return List.of(
        column("date", "2026-11-21", "infinity", "-infinity", "0044-03-15 BC", "5874897-12-31"),
        column("date", "0001-01-01", "9999-12-31"),
        column("time", "24:00:00", "10:11:12.131415"),
        column("time(0)", "10:11:12"),
        column("timetz", "10:11:12.5+05:30", "00:00:00-15:59:59"),
        column("timestamp", "2026-11-21 10:11:12.5", "infinity", "0044-03-15 12:00:00 BC"),
        column("timestamp(0)", "2026-11-21 10:11:12"),
        column("timestamptz", "2026-11-21 10:11:12.5+00", "-infinity", "294276-12-31 23:59:59+00"),
        column("interval", "1 year 2 mons -3 days 04:05:06.7", "00:00:00"),
        column("interval year to month", "1 year 2 mons"));
  }

  private static List<Column> others() {
    return List.of(
        column("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        column("bytea", "", "\\x00ff"),
        column("bit(9)", "101010101"),
        column("bit varying(9)", "", "1010"),
        column("varbit", "1"),
        column("json", "{ }", "[1, \"x\"]"),
        column("jsonb", "{}", "[1, \"x\"]", "null"),
        column("xml", "<a>1</a>", "x"),
        column("inet", "10.1.2.3/8", "::1"),
        column("cidr", "10.0.0.0/8", "2001:db8::/32"),
        column("macaddr", "08:00:2b:01:02:03"),
        column("int4[]", "{1,2,NULL}", "{}", "{{1},{2}}"),
        column("text[]", "{a,\"b c\"}"),
        column("varchar(5)[]", "{a}"),
        column("jsonb[]", "{\"{}\"}"),
        column("colour", "red", "green"),
        column("colour[]", "{red}"),
        column("point", "(1,2)"),
        column("int4range", "[1,5)"),
        column("money", "12.5"),
        column("tsvector", "a b"),
        column("pair", "(1,x)"));
  }

  @BeforeAll
  static void start() throws IOException, SQLException {
    database = RealDatabase.start("masked");
    database.run("CREATE TYPE colour AS ENUM ('red', 'green', '7')");
    database.run("CREATE TYPE pair AS (a int, b text)");
    database.run("CREATE DOMAIN email AS varchar(30)");
    server = new ServerDialogue(database.port(), database.name());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    database.close();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void maskedField_isCarriedByItsColumn_inBothFormats(Column column) throws Exception {
    database.run("DROP TABLE IF EXISTS t; CREATE TABLE t (v " + column.type() + ")");
    int masked = 0;
    for (int format : new int[] {0, 1}) {
      Answer answer = read(column, format);
      ValueType type = typeOf(answer.field());
      List<ColumnMask> masks = new ArrayList<>(TestMasks.all(CATALOG, type));
      masks.add(MaskCatalog.whole(type));
      for (ColumnMask mask : masks) {
        for (DataRow row : answer.rows()) {
          byte @Nullable [] field = rewritten(row, answer.field(), format, mask);
          byte @Nullable [] stored = stored(field, answer.field(), format);
          assertThat(shown(stored))
              .as("%s masked by %s in format %s", column, mask, format)
              .isEqualTo(shown(field));
          masked++;
        }
      }
    }
    assertThat(masked).as("fields that were masked").isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void fieldThatItsMaskLeavesAlone_isTheSameToTheByte(Column column) throws Exception {
    for (int format : new int[] {0, 1}) {
      Answer answer = read(column, format);
      for (DataRow row : answer.rows()) {
        byte @Nullable [] field = rewritten(row, answer.field(), format, value -> value);
        assertThat(shown(field)).isEqualTo(shown(row.values().getFirst()));
      }
    }
  }

  /** So that no family is without a column above by oversight. */
  @Test
  void everyFamily_isTriedOut() throws Exception {
    Set<TypeFamily> tried = EnumSet.noneOf(TypeFamily.class);
    for (Column column : columns().toList()) {
      tried.add(typeOf(read(column, 0).field()).family());
    }
    assertThat(tried).containsExactlyInAnyOrder(TypeFamily.values());
  }

  private record Answer(RowDescription.Field field, List<DataRow> rows) {}

  private static Answer read(Column column, int format) throws IOException {
    String rows =
        column.literals().stream()
            .map(literal -> ", ('" + literal.replace("'", "''") + "'::" + column.type() + ")")
            .collect(Collectors.joining());
    List<BackendMessage> answers =
        server.ask(
            "SELECT v FROM (VALUES (NULL::" + column.type() + ")" + rows + ") AS x(v)",
            new int[0],
            new int[0],
            List.of(),
            new int[] {format});
    RowDescription described = only(answers, RowDescription.class).getFirst();
    return new Answer(described.fields().getFirst(), only(answers, DataRow.class));
  }

  private static <T> List<T> only(List<BackendMessage> messages, Class<T> type) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The labels are what a catalog would say. */
  private static ValueType typeOf(RowDescription.Field field) throws SQLException {
    String kind = database.ask("SELECT typname FROM pg_type WHERE oid = " + field.typeOid());
    return kind.equals("colour")
        ? ValueType.enumeration(List.of("red", "green", "7"))
        : PostgresTypes.of(field.typeOid(), field.typeModifier());
  }

  private static byte @Nullable [] rewritten(
      DataRow row, RowDescription.Field field, int format, FieldMask mask) {
    ByteBuf body = Unpooled.buffer();
    row.encodeBody(body);
    ByteBuf out = Unpooled.buffer();
    new RowRewriter(
            new int[] {field.typeOid()}, new int[] {format}, Collections.singletonList(mask))
        .rewrite(body, out);
    // type, length, and how many fields there are
    out.skipBytes(1 + 4 + 2);
    int length = out.readInt();
    if (length == NUMERIC_NULL) {
      return null;
    }
    byte[] written = new byte[length];
    out.readBytes(written);
    assertThat(out.isReadable()).isFalse();
    return written;
  }

  private static byte @Nullable [] stored(
      byte @Nullable [] field, RowDescription.Field described, int format) throws IOException {
    List<byte @Nullable []> parameter = new ArrayList<>();
    parameter.add(field);
    List<BackendMessage> answers =
        server.ask(
            "INSERT INTO t VALUES ($1) RETURNING v",
            new int[] {described.typeOid()},
            new int[] {format},
            parameter,
            new int[] {format});
    return only(answers, DataRow.class).getFirst().values().getFirst();
  }

  private static String shown(byte @Nullable [] field) {
    return field == null ? "NULL" : HexFormat.of().formatHex(Objects.requireNonNull(field));
  }

  @Test
  void columnsOfOneType_areReadFromTheirModifiers() throws IOException {
    assertThat(described("numeric(12,2)")).isEqualTo(ValueType.decimal(12, 2));
    assertThat(described("numeric(3,-2)")).isEqualTo(ValueType.decimal(3, -2));
    assertThat(described("numeric")).isEqualTo(ValueType.of(TypeFamily.NUMERIC));
    assertThat(described("varchar(20)")).isEqualTo(ValueType.of(TypeFamily.VARCHAR, 20));
    assertThat(described("char(3)")).isEqualTo(ValueType.of(TypeFamily.BPCHAR, 3));
    assertThat(described("bit(9)")).isEqualTo(ValueType.of(TypeFamily.BIT, 9));
    assertThat(described("email")).isEqualTo(ValueType.of(TypeFamily.VARCHAR, 30));
    assertThat(described("text[]")).isEqualTo(ValueType.of(TypeFamily.ARRAY));
    assertThat(Arrays.asList(described("point"), described("money")))
        .containsOnly(ValueType.of(TypeFamily.OTHER));
  }

  private static ValueType described(String type) throws IOException {
    RowDescription.Field field = read(column(type), 0).field();
    return PostgresTypes.of(field.typeOid(), field.typeModifier());
  }
}

package io.gatehouse.postgres.value;

import static io.gatehouse.spi.testing.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.RandomBodies;
import io.gatehouse.spi.testing.Wire;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueCodecsTest {
  private static final long SEED = 19_960_708L;
  private static final int POINT = 600;
  private static final int INT4_ARRAY = 1007;
  private static final int USER_TYPE = 16384;

  record Example(int type, String text, String binary, Value value) {}

  static Stream<Example> examples() {
    return Stream.of(numbers(), texts(), times(), formed()).flatMap(List::stream);
  }

  private static List<Example> numbers() {
    return List.of(
        new Example(TypeOid.BOOL, "t", "01", new Value.Bool(true)),
        new Example(TypeOid.BOOL, "f", "00", new Value.Bool(false)),
        new Example(TypeOid.INT2, "-32768", "8000", new Value.Int(-32768)),
        new Example(TypeOid.INT4, "7", "00000007", new Value.Int(7)),
        new Example(TypeOid.INT8, "-1", "ffffffffffffffff", new Value.Int(-1)),
        new Example(TypeOid.OID, "4294967295", "ffffffff", new Value.Int(4294967295L)),
        new Example(TypeOid.FLOAT4, "0.1", "3dcccccd", new Value.Real(0.1f)),
        new Example(TypeOid.FLOAT4, "1e+06", "49742400", new Value.Real(1e6)),
        new Example(
            TypeOid.FLOAT8, "9.999999999999999e+22", "44b52d02c7e14af6", new Value.Real(1e23)),
        new Example(TypeOid.FLOAT8, "5e-324", "0000000000000001", new Value.Real(Double.MIN_VALUE)),
        new Example(TypeOid.FLOAT8, "-0", "8000000000000000", new Value.Real(-0.0)),
        new Example(TypeOid.FLOAT8, "NaN", "7ff8000000000000", new Value.Special("NaN")),
        new Example(
            TypeOid.FLOAT8, "-Infinity", "fff0000000000000", new Value.Special("-Infinity")),
        new Example(TypeOid.NUMERIC, "0", "0000 0000 0000 0000", decimal("0")),
        new Example(TypeOid.NUMERIC, "0.00", "0000 0000 0000 0002", decimal("0.00")),
        new Example(
            TypeOid.NUMERIC,
            "-12345.67",
            "0003 0001 4000 0002 0001 0929 1a2c",
            decimal("-12345.67")),
        new Example(TypeOid.NUMERIC, "0.00001", "0001 fffe 0000 0005 03e8", decimal("0.00001")),
        new Example(TypeOid.NUMERIC, "100000000", "0001 0002 0000 0000 0001", decimal("100000000")),
        new Example(TypeOid.NUMERIC, "NaN", "0000 0000 c000 0000", new Value.Special("NaN")),
        new Example(
            TypeOid.NUMERIC, "-Infinity", "0000 0000 f000 0020", new Value.Special("-Infinity")));
  }

  private static List<Example> texts() {
    UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    return List.of(
        new Example(TypeOid.TEXT, "ü", "c3bc", new Value.Text("ü")),
        new Example(TypeOid.VARCHAR, "", "", new Value.Text("")),
        new Example(TypeOid.BPCHAR, "a ", "'a '", new Value.Text("a ")),
        new Example(TypeOid.UNKNOWN, "x", "'x'", new Value.Text("x")),
        new Example(TypeOid.NAME, "x", "'x'", new Value.Text("x")),
        new Example(TypeOid.CHAR, "x", "'x'", new Value.Text("x")),
        new Example(TypeOid.CHAR, "", "00", new Value.Text("")),
        new Example(TypeOid.CHAR, "\\377", "ff", new Value.Text("\\377")),
        new Example(TypeOid.JSON, "{\"a\": 1}", "'{\"a\": 1}'", new Value.Json("{\"a\": 1}")),
        new Example(TypeOid.JSONB, "[]", "01 '[]'", new Value.Json("[]")),
        new Example(TypeOid.BYTEA, "\\x00ff", "00ff", new Value.Bytes(bytes("00ff"))),
        new Example(
            TypeOid.UUID,
            uuid.toString(),
            "a0eebc999c0b4ef8bb6d6bb9bd380a11",
            new Value.Uuid(uuid)));
  }

  private static List<Example> times() {
    return List.of(
        new Example(TypeOid.DATE, "2000-01-01", "00000000", date("2000-01-01")),
        new Example(TypeOid.DATE, "10000-01-01", "002c95d4", date("+10000-01-01")),
        new Example(TypeOid.DATE, "infinity", "7fffffff", new Value.Special("infinity")),
        new Example(TypeOid.DATE, "0001-12-31 BC", "fff4dbf8", new Value.Special("0001-12-31 BC")),
        new Example(
            TypeOid.TIMESTAMP,
            "2000-01-01 00:00:01.5",
            "000000000016e360",
            new Value.Timestamp(LocalDateTime.parse("2000-01-01T00:00:01.5"))),
        new Example(
            TypeOid.TIMESTAMP, "-infinity", "8000000000000000", new Value.Special("-infinity")),
        new Example(
            TypeOid.TIMESTAMPTZ,
            "1999-12-31 23:59:59.999999+00",
            "ffffffffffffffff",
            new Value.Instant(OffsetDateTime.parse("1999-12-31T23:59:59.999999Z"))));
  }

  private static List<Example> formed() {
    return List.of(
        formed(TypeOid.TIME, "00:00:01.5", "000000000016e360"),
        formed(TypeOid.TIME, "24:00:00", "000000141dd76000"),
        formed(TypeOid.TIMETZ, "00:00:00+05:30", "0000000000000000 ffffb2a8"),
        formed(TypeOid.INET, "10.1.2.3", "02 20 00 04 0a010203"),
        formed(TypeOid.INET, "10.1.2.3/8", "02 08 00 04 0a010203"),
        formed(TypeOid.INET, "::1", "03 80 00 10 00000000000000000000000000000001"),
        formed(TypeOid.CIDR, "10.0.0.0/8", "02 08 01 04 0a000000"),
        formed(TypeOid.MACADDR, "08:00:2b:01:02:03", "08002b010203"),
        formed(TypeOid.BIT, "101", "00000003 a0"),
        formed(TypeOid.VARBIT, "", "00000000"),
        formed(TypeOid.XML, "<a/>", "'<a/>'"));
  }

  private static Example formed(int type, String text, String binary) {
    return new Example(type, text, binary, new Value.Text(text));
  }

  private static Value decimal(String text) {
    return new Value.Decimal(new BigDecimal(text));
  }

  private static Value date(String text) {
    return new Value.Date(LocalDate.parse(text));
  }

  private static Value decodeText(int type, String text) {
    return ValueCodecs.of(type).decode(utf8(text), false);
  }

  private static Value decodeBinary(int type, String wire) {
    return ValueCodecs.of(type).decode(Wire.offset(bytes(wire)), true);
  }

  private static ByteBuf utf8(String text) {
    return Wire.offset(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void textIsDecodedAndEncoded(Example example) {
    ByteBuf field = utf8(example.text());
    assertThat(ValueCodecs.of(example.type()).decode(field, false)).isEqualTo(example.value());
    assertThat(field.isReadable()).isFalse();
    assertThat(encode(example.type(), example.value(), false)).asString().isEqualTo(example.text());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void binaryIsDecodedAndEncoded(Example example) {
    ByteBuf field = Wire.offset(bytes(example.binary()));
    assertThat(ValueCodecs.of(example.type()).decode(field, true)).isEqualTo(example.value());
    assertThat(field.isReadable()).isFalse();
    assertThat(encode(example.type(), example.value(), true)).isEqualTo(bytes(example.binary()));
  }

  private static byte[] encode(int type, Value value, boolean binary) {
    return Wire.written(out -> ValueCodecs.of(type).encode(value, binary, out));
  }

  @Test
  void spellingsThatTheServerTakesAreUnderstood() {
    assertThat(decodeText(TypeOid.BOOL, " YES ")).isEqualTo(new Value.Bool(true));
    assertThat(decodeText(TypeOid.BOOL, "off")).isEqualTo(new Value.Bool(false));
    assertThat(decodeText(TypeOid.INT4, " +7\n")).isEqualTo(new Value.Int(7));
    assertThat(decodeText(TypeOid.FLOAT8, ".5E1")).isEqualTo(new Value.Real(5));
    assertThat(decodeText(TypeOid.FLOAT8, "inf")).isEqualTo(new Value.Special("Infinity"));
    assertThat(decodeText(TypeOid.NUMERIC, "1e3")).isEqualTo(decimal("1000"));
    assertThat(decodeText(TypeOid.UUID, "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}"))
        .isEqualTo(new Value.Uuid(UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")));
    assertThat(decodeText(TypeOid.BYTEA, "a\\\\\\001"))
        .isEqualTo(new Value.Bytes(bytes("'a\\' 01")));
    assertThat(decodeText(TypeOid.TIMESTAMPTZ, "2020-01-01T00:00:00Z"))
        .isEqualTo(new Value.Instant(OffsetDateTime.parse("2020-01-01T00:00:00Z")));
    assertThat(decodeText(TypeOid.TIMESTAMPTZ, "2020-01-01 00:00:00-05:30"))
        .isEqualTo(new Value.Instant(OffsetDateTime.parse("2020-01-01T00:00:00-05:30")));
  }

  @Test
  void formOfAnotherDateStyleStaysOpaque() {
    assertOpaque(TypeOid.DATE, "01/02/2020");
    assertOpaque(TypeOid.DATE, "02.01.2020");
    assertOpaque(TypeOid.DATE, "01-02-2020");
    assertOpaque(TypeOid.DATE, "2020-02-30");
    assertOpaque(TypeOid.TIMESTAMP, "Wed Jan 01 00:00:00 2020");
    // without its offset the instant depends on the session, with one the server ignores it
    assertOpaque(TypeOid.TIMESTAMPTZ, "2020-01-01 00:00:00");
    assertOpaque(TypeOid.TIMESTAMP, "2020-01-01 00:00:00+02");
  }

  @Test
  void malformedTextStaysOpaque() {
    assertOpaque(TypeOid.INT4, "2147483648");
    assertOpaque(TypeOid.INT4, "0x1F");
    assertOpaque(TypeOid.OID, "-1");
    assertOpaque(TypeOid.BOOL, "o");
    assertOpaque(TypeOid.FLOAT8, "1d");
    assertOpaque(TypeOid.FLOAT8, "1e999");
    assertOpaque(TypeOid.NUMERIC, "1e100000");
    assertOpaque(TypeOid.NUMERIC, "1e-999999999");
    assertOpaque(TypeOid.UUID, "a0eebc99");
    assertOpaque(TypeOid.BYTEA, "\\xf");
    assertOpaque(TypeOid.BYTEA, "\\777");
    assertOpaque(TypeOid.CHAR, "xy");
    assertOpaque(TypeOid.NAME, "x".repeat(64));
    assertOpaque(TypeOid.TIME, "24:00:00.1");
    assertOpaque(TypeOid.TIME, "1:00");
    assertOpaque(TypeOid.TIMETZ, "00:00:00");
    assertOpaque(TypeOid.TIMETZ, "00:00:00+99");
    assertOpaque(TypeOid.INET, "10.1");
    assertOpaque(TypeOid.INET, "010.1.2.3");
    assertOpaque(TypeOid.INET, "10.1.2.3/32");
    assertOpaque(TypeOid.INET, "10.1.2.3/33");
    assertOpaque(TypeOid.INET, "0:0:0:0:0:0:0:1");
    assertOpaque(TypeOid.INET, "1:2:3:4:5:6:7:8:9");
    assertOpaque(TypeOid.CIDR, "10.0.0.1/8");
    assertOpaque(TypeOid.MACADDR, "08002b010203");
    assertOpaque(TypeOid.BIT, "102");
    assertOpaque(TypeOid.INTERVAL, "00:00:00");
    assertOpaque(INT4_ARRAY, "{}");
    assertOpaque(USER_TYPE, "red");
    assertThat(ValueCodecs.of(TypeOid.TEXT).decode(Wire.buffer("ff"), false))
        .isEqualTo(new Value.Opaque("25", bytes("ff")));
  }

  private static void assertOpaque(int type, String text) {
    byte[] wire = text.getBytes(StandardCharsets.UTF_8);
    assertThat(decodeText(type, text))
        .isEqualTo(new Value.Opaque(Integer.toUnsignedString(type), wire));
  }

  @Test
  void malformedBinaryStaysOpaque() {
    assertThat(decodeBinary(TypeOid.INT4, "000007")).isInstanceOf(Value.Opaque.class);
    assertThat(decodeBinary(TypeOid.JSONB, "02 '[]'")).isInstanceOf(Value.Opaque.class);
    assertThat(decodeBinary(TypeOid.JSONB, "")).isInstanceOf(Value.Opaque.class);
    assertThat(decodeBinary(TypeOid.NUMERIC, "0001 0000 0000 0000 2710"))
        .isInstanceOf(Value.Opaque.class);
    assertThat(decodeBinary(TypeOid.NUMERIC, "0002 0000 0000 0000 0001"))
        .isInstanceOf(Value.Opaque.class);
    assertThat(decodeBinary(TypeOid.NUMERIC, "0001 7fff 0000 0000 0001"))
        .isInstanceOf(Value.Opaque.class);
    assertThat(decodeBinary(TypeOid.DATE, "80000001")).isInstanceOf(Value.Opaque.class);
    assertThat(decodeBinary(TypeOid.TIMESTAMP, "7ffffffffffffffe"))
        .isInstanceOf(Value.Opaque.class);
  }

  @Test
  void typeWithoutACodecStaysOpaque() {
    assertThat(ValueCodecs.of(-2).decode(Wire.offset(bytes("'1.2.3.4'")), false))
        .isEqualTo(new Value.Opaque("4294967294", bytes("'1.2.3.4'")));
  }

  /** What masks put in the place of values that are never looked into. */
  @Test
  void fixedValueOfATypeThatIsNotReadIsWritten() {
    Value zero = new Value.Text("00:00:00");
    assertThat(encode(TypeOid.INTERVAL, zero, false)).asString().isEqualTo("00:00:00");
    assertThat(encode(TypeOid.INTERVAL, zero, true)).isEqualTo(new byte[16]);
    Value empty = new Value.Text("{}");
    assertThat(encode(INT4_ARRAY, empty, false)).asString().isEqualTo("{}");
    assertThat(encode(INT4_ARRAY, empty, true)).isEqualTo(bytes("00000000 00000000 00000017"));
    Value label = new Value.Text("red");
    assertThat(encode(USER_TYPE, label, false)).isEqualTo(bytes("'red'"));
    assertThat(encode(USER_TYPE, label, true)).isEqualTo(bytes("'red'"));
  }

  @ParameterizedTest
  @MethodSource("unencodable")
  void valueThatTheTypeCannotHoldIsRefused(int type, Value value) {
    for (boolean binary : new boolean[] {false, true}) {
      ByteBuf out = Unpooled.buffer();
      assertThatThrownBy(() -> ValueCodecs.of(type).encode(value, binary, out))
          .isInstanceOf(ValueCodec.Unencodable.class)
          .hasMessageContaining(value.getClass().getSimpleName());
      assertThat(out.isReadable()).isFalse();
    }
  }

  static Stream<Arguments> unencodable() {
    return Stream.of(
            List.of(TypeOid.INT2, new Value.Int(32768)),
            List.of(TypeOid.INT4, new Value.Int(1L << 31)),
            List.of(TypeOid.INT4, new Value.Text("7")),
            List.of(TypeOid.OID, new Value.Int(-1)),
            List.of(TypeOid.BOOL, new Value.Int(1)),
            List.of(TypeOid.FLOAT4, new Value.Real(1e300)),
            List.of(TypeOid.FLOAT4, new Value.Real(1e-300)),
            List.of(TypeOid.FLOAT8, new Value.Int(Long.MAX_VALUE)),
            List.of(TypeOid.NUMERIC, decimal("1e-20000")),
            List.of(TypeOid.NUMERIC, decimal("1e2000000000")),
            List.of(TypeOid.NUMERIC, new Value.Special("infinity")),
            List.of(TypeOid.TEXT, new Value.Text("a\0b")),
            List.of(TypeOid.TEXT, new Value.Text("\ud800")),
            List.of(TypeOid.TEXT, new Value.Int(1)),
            List.of(TypeOid.TEXT, Value.NULL),
            List.of(TypeOid.NAME, new Value.Text("ü".repeat(32))),
            List.of(TypeOid.CHAR, new Value.Text("ü")),
            List.of(TypeOid.CHAR, new Value.Text("**")),
            List.of(TypeOid.JSON, new Value.Text("{}")),
            List.of(TypeOid.JSONB, new Value.Json("\0")),
            List.of(TypeOid.DATE, new Value.Date(LocalDate.MAX)),
            List.of(TypeOid.DATE, new Value.Special("2020-01-01 AD")),
            List.of(TypeOid.TIMESTAMP, new Value.Timestamp(LocalDateTime.MAX)),
            List.of(TypeOid.TIMESTAMP, new Value.Timestamp(LocalDateTime.of(1, 1, 1, 0, 0, 0, 1))),
            List.of(TypeOid.TIMESTAMPTZ, new Value.Instant(OffsetDateTime.MIN)),
            List.of(TypeOid.BYTEA, new Value.Opaque("17", new byte[1])),
            List.of(TypeOid.TIME, new Value.Text("25:00:00")),
            List.of(TypeOid.TIMETZ, new Value.Text("00:00:00")),
            List.of(TypeOid.INTERVAL, new Value.Text("1 day")),
            List.of(TypeOid.INET, new Value.Text("1.2.3")),
            List.of(TypeOid.CIDR, new Value.Text("1.2.3.4/8")),
            List.of(TypeOid.MACADDR, new Value.Text("*")),
            List.of(TypeOid.VARBIT, new Value.Text("2")),
            List.of(INT4_ARRAY, new Value.Text("{1}")),
            List.of(USER_TYPE, new Value.Text("x".repeat(64))),
            List.of(USER_TYPE, new Value.Int(1)),
            List.of(POINT, new Value.Opaque("600", new byte[16])),
            List.of(POINT, new Value.Text("*")))
        .map(pair -> Arguments.of(pair.toArray()));
  }

  /** Whatever comes is a value; one that is understood can be written and read again. */
  @Test
  void randomFieldIsAValue() {
    List<Example> real = examples().toList();
    int[] types = real.stream().mapToInt(Example::type).distinct().toArray();
    for (int type : types) {
      RandomBodies fields = new RandomBodies(SEED + type, fieldsOf(real, type));
      for (int round = 0; round < RandomBodies.rounds(); round++) {
        byte[] field = fields.next();
        decodeTwice(type, field, false, round);
        decodeTwice(type, field, true, round);
      }
    }
  }

  private static List<byte[]> fieldsOf(List<Example> real, int type) {
    return real.stream()
        .filter(example -> example.type() == type)
        .flatMap(e -> Stream.of(e.text().getBytes(StandardCharsets.UTF_8), bytes(e.binary())))
        .toList();
  }

  private static void decodeTwice(int type, byte[] field, boolean binary, int round) {
    String place =
        "seed "
            + SEED
            + ", type "
            + type
            + ", round "
            + round
            + ", "
            + HexFormat.of().formatHex(field);
    try {
      ByteBuf buffer = Wire.offset(field);
      Value value = ValueCodecs.of(type).decode(buffer, binary);
      assertThat(buffer.isReadable()).as(place).isFalse();
      if (value instanceof Value.Opaque opaque) {
        assertThat(Arrays.equals(opaque.wire(), field)).as(place).isTrue();
      } else if (!zeroCharacter(value)) {
        byte[] again = encode(type, value, binary);
        assertThat(ValueCodecs.of(type).decode(Unpooled.wrappedBuffer(again), binary))
            .as(place)
            .isEqualTo(value);
      }
    } catch (RuntimeException e) {
      throw new AssertionError(place, e);
    }
  }

  /** Read where a client sends it, never written. */
  private static boolean zeroCharacter(Value value) {
    return switch (value) {
      case Value.Text text -> text.value().indexOf(0) >= 0;
      case Value.Json json -> json.value().indexOf(0) >= 0;
      default -> false;
    };
  }
}

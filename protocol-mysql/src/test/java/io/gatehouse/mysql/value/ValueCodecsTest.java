package io.gatehouse.mysql.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.mysql.message.ColumnType;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.testing.Wire;
import io.gatehouse.spi.value.ValueCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodecsTest {
  private static final int UNSIGNED = 0x20;
  private static final int ZEROFILL = 0x40;

  private static ColumnKind kind(int type, int flags, int length, int decimals) {
    return new ColumnKind(type, flags, Collations.BINARY, length, decimals);
  }

  private static ColumnKind text(int collation, int length) {
    return new ColumnKind(ColumnType.VAR_STRING, 0, collation, length, 0);
  }

  private static byte[] encoded(ColumnKind kind, Value value, boolean binary) {
    ByteBuf out = Unpooled.buffer();
    ValueCodecs.of(kind).encode(value, binary, out);
    return ByteBufUtil.getBytes(out);
  }

  private static String shown(ColumnKind kind, Value value) {
    return new String(encoded(kind, value, false), StandardCharsets.UTF_8);
  }

  private static Value decoded(ColumnKind kind, String wire, boolean binary) {
    return ValueCodecs.of(kind).decode(Wire.offset(Wire.bytes(wire)), binary);
  }

  private static void refused(ColumnKind kind, Value... values) {
    for (Value value : values) {
      for (boolean binary : new boolean[] {false, true}) {
        ByteBuf out = Unpooled.buffer();
        assertThatThrownBy(() -> ValueCodecs.of(kind).encode(value, binary, out))
            .as("%s for %s", value, kind)
            .isInstanceOf(ValueCodec.Unencodable.class);
        assertThat(out.readableBytes()).isZero();
      }
    }
  }

  @Test
  void numberBeyondItsType_isRefused() {
    refused(kind(ColumnType.TINY, 0, 4, 0), new Value.Int(128), new Value.Int(-129));
    refused(kind(ColumnType.TINY, UNSIGNED, 3, 0), new Value.Int(256), new Value.Int(-1));
    refused(kind(ColumnType.INT24, 0, 9, 0), new Value.Int(1 << 23));
    refused(
        kind(ColumnType.LONGLONG, UNSIGNED, 20, 0),
        new Value.Int(-1),
        new Value.Decimal(new BigDecimal("18446744073709551616")),
        new Value.Decimal(new BigDecimal("1.5")));
    refused(kind(ColumnType.LONG, 0, 11, 0), new Value.Text("1"), new Value.Bool(true));
    refused(kind(ColumnType.FLOAT, 0, 12, 31), new Value.Real(1e300), new Value.Special("NaN"));
    refused(kind(ColumnType.DOUBLE, 0, 22, 31), new Value.Real(Double.NaN));
    refused(kind(ColumnType.YEAR, 0, 4, 0), new Value.Int(1900), new Value.Int(2156));
    refused(
        kind(ColumnType.NEWDECIMAL, 0, 7, 2),
        new Value.Decimal(new BigDecimal("1.001")),
        new Value.Decimal(new BigDecimal("123456.00")));
    refused(kind(ColumnType.NEWDECIMAL, UNSIGNED, 6, 2), new Value.Int(-1));
  }

  @Test
  void numbers_areWrittenAsTheColumnShowsThem() {
    assertThat(shown(kind(ColumnType.LONG, UNSIGNED | ZEROFILL, 5, 0), new Value.Int(7)))
        .isEqualTo("00007");
    assertThat(shown(kind(ColumnType.NEWDECIMAL, 0, 7, 2), new Value.Int(7))).isEqualTo("7.00");
    assertThat(shown(kind(ColumnType.DOUBLE, 0, 10, 2), new Value.Real(0.125))).isEqualTo("0.12");
    assertThat(shown(kind(ColumnType.DOUBLE, 0, 22, 31), new Value.Real(-0.0))).isEqualTo("-0");
    assertThat(shown(kind(ColumnType.FLOAT, 0, 12, 31), new Value.Real(0.1))).isEqualTo("0.1");
  }

  @Test
  void textBeyondItsColumn_isRefused() {
    refused(text(Collations.UTF8MB4, 4), new Value.Text("12345"), new Value.Bytes(new byte[1]));
    refused(text(33, 12), new Value.Text("😀"));
    refused(text(8, 12), new Value.Text("Ł"));
    refused(text(11, 12), new Value.Text("ä"));
    refused(text(28, 12), new Value.Text("gbk"));
    refused(text(Collations.UTF8MB4, 12), new Value.Text("\ud800"));
    refused(kind(ColumnType.BLOB, 0, 3, 0), new Value.Bytes(new byte[4]), new Value.Text(""));
    refused(kind(ColumnType.BIT, 0, 9, 0), new Value.Text("1"), new Value.Text("00000000x"));
    refused(kind(ColumnType.GEOMETRY, 0, 99, 0), new Value.Bytes(new byte[0]));
    refused(kind(ColumnType.NULL, 0, 0, 0), new Value.Text(""));
  }

  @Test
  void latin1_hasACharacterInEveryPlace() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    String text = TextEncoding.LATIN1.decode(all);
    assertThat(text).isNotNull();
    assertThat(text.chars().distinct().count()).isEqualTo(256);
    assertThat(text).contains("€", "\u0081", "ÿ");
    assertThat(TextEncoding.LATIN1.encode(text)).isEqualTo(all);
    assertThat(TextEncoding.LATIN1.encode("\u0081Ł")).isNull();
  }

  @Test
  void textThatIsNotOfItsCharacterSet_isOpaque() {
    assertThat(decoded(text(Collations.UTF8MB4, 9), "c328", false))
        .isEqualTo(new Value.Opaque("varchar", Wire.bytes("c328")));
    assertThat(decoded(text(33, 9), "f09f9880", false)).isInstanceOf(Value.Opaque.class);
    assertThat(decoded(text(11, 9), "80", true)).isInstanceOf(Value.Opaque.class);
    assertThat(decoded(text(28, 9), "'a'", true)).isInstanceOf(Value.Opaque.class);
  }

  @Test
  void malformedValues_areOpaque() {
    ColumnKind tiny = kind(ColumnType.TINY, 0, 4, 0);
    for (String wire : List.of("", "'+1'", "' 1'", "'128'", "'1.0'", "'0x1'")) {
      assertThat(decoded(tiny, wire, false)).as(wire).isInstanceOf(Value.Opaque.class);
    }
    assertThat(decoded(kind(ColumnType.INT24, 0, 9, 0), "00000001", true))
        .isInstanceOf(Value.Opaque.class);
    ColumnKind time = kind(ColumnType.TIME, 0, 10, 6);
    for (String wire :
        List.of(
            "02 00000000 010101",
            "00 23000000 010101",
            "00 22000000 170000",
            "00 00000000 180000",
            "00 00000000 003c00",
            "00 00000000 000000 40420f00",
            "00")) {
      assertThat(decoded(time, wire, true)).as(wire).isInstanceOf(Value.Opaque.class);
    }
    assertThat(decoded(time, "'839:00:00'", false)).isInstanceOf(Value.Opaque.class);
    ColumnKind moment = kind(ColumnType.DATETIME, 0, 26, 6);
    assertThat(decoded(moment, "ea07 0d 01", true)).isInstanceOf(Value.Opaque.class);
    assertThat(decoded(moment, "'2026-01-01 24:00:00'", false)).isInstanceOf(Value.Opaque.class);
    assertThat(decoded(kind(ColumnType.DATE, 0, 10, 0), "ea07 01 01 010000", true))
        .isInstanceOf(Value.Opaque.class);
    assertThat(decoded(kind(ColumnType.DOUBLE, 0, 22, 31), "000000000000f07f", true))
        .isInstanceOf(Value.Opaque.class);
    assertThat(decoded(kind(ColumnType.BIT, 0, 9, 0), "02ff", false))
        .isInstanceOf(Value.Opaque.class);
  }

  @Test
  void calendar_isAsWideAsTheServers() {
    ColumnKind date = kind(ColumnType.DATE, 0, 10, 0);
    assertThat(decoded(date, "'2026-02-31'", false)).isEqualTo(new Value.Special("2026-02-31"));
    assertThat(decoded(date, "0000 01 01", true)).isEqualTo(new Value.Special("0000-01-01"));
    assertThat(encoded(date, new Value.Special("0000-00-00"), true)).isEmpty();
    assertThat(encoded(date, new Value.Special("2026-02-31"), true))
        .isEqualTo(Wire.bytes("ea07 02 1f"));
    refused(
        date,
        new Value.Date(LocalDate.of(10_000, 1, 1)),
        new Value.Date(LocalDate.of(-1, 1, 1)),
        new Value.Special("infinity"),
        new Value.Special("2026-13-01"));
    ColumnKind moment = kind(ColumnType.DATETIME, 0, 23, 3);
    refused(
        moment,
        new Value.Timestamp(LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1_500_000)),
        new Value.Timestamp(LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1)),
        new Value.Date(LocalDate.of(2026, 1, 1)));
    assertThat(shown(moment, new Value.Timestamp(LocalDateTime.of(2026, 1, 1, 2, 3, 4, 5_000_000))))
        .isEqualTo("2026-01-01 02:03:04.005");
    refused(kind(ColumnType.TIME, 0, 10, 0), new Value.Text("1:00"), new Value.Text("00:00:00.5"));
  }

  @Test
  void names_leadBackToTheirTypes() {
    for (String name : List.of("int unsigned", "varchar", "blob", "json", "datetime", "year")) {
      ColumnKind kind = ColumnKind.named(name);
      assertThat(kind).as(name).isNotNull();
      assertThat(kind.name()).isEqualTo(name);
    }
    assertThat(ColumnKind.named("no such type")).isNull();
    assertThat(kind(0x14, 0, 0, 0).name()).isEqualTo("type 20");
  }

  /** Whatever is read is written again as it was meant; whatever it is, nothing is thrown. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyBytes_areAValue(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      ColumnKind kind =
          new ColumnKind(
              random.nextInt(256),
              random.nextInt(1 << 16),
              List.of(8, 11, 28, 33, 45, 63).get(random.nextInt(6)),
              random.nextInt(80),
              random.nextBoolean() ? random.nextInt(7) : 31);
      byte[] wire = new byte[random.nextInt(14)];
      random.nextBytes(wire);
      if (random.nextBoolean()) {
        for (int at = 0; at < wire.length; at++) {
          wire[at] = (byte) "0123456789-:. e".charAt(random.nextInt(15));
        }
      }
      boolean binary = random.nextBoolean();
      ValueCodec codec = ValueCodecs.of(kind);
      Value value = codec.decode(Unpooled.wrappedBuffer(wire), binary);
      if (!(value instanceof Value.Opaque)) {
        again(kind, codec, value, binary, "seed " + seed + ", round " + i);
      }
    }
  }

  private static void again(
      ColumnKind kind, ValueCodec codec, Value value, boolean binary, String where) {
    ByteBuf out = Unpooled.buffer();
    try {
      codec.encode(value, binary, out);
    } catch (ValueCodec.Unencodable longer) {
      // Bytes that a server would not have sent in such a column.
      return;
    }
    boolean scaled =
        (value instanceof Value.Real || value instanceof Value.Decimal)
            && kind.decimals() < ColumnKind.NOT_FIXED;
    if (!scaled) {
      assertThat(codec.decode(out, binary)).as("%s: %s", where, kind).isEqualTo(value);
    }
  }
}

package io.gatehouse.mysql.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.mysql.message.BinaryRow;
import io.gatehouse.mysql.message.Capabilities;
import io.gatehouse.mysql.message.ColumnType;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.testing.Wire;
import io.gatehouse.spi.value.Unmaskable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowRewriterTest {
  private static final ColumnKind TEXT = column(ColumnType.VAR_STRING, Collations.UTF8MB4);
  private static final ColumnKind NUMBER = column(ColumnType.LONG, Collations.BINARY);
  private static final ColumnKind TIME = column(ColumnType.TIME, Collations.BINARY);
  private static final FieldMask STARS = _ -> new Value.Text("****");
  private static final FieldMask NOTHING = _ -> Value.NULL;
  private static final FieldMask KEEP = value -> value;

  private static ColumnKind column(int type, int collation) {
    return new ColumnKind(type, 0, collation, 1 << 20, 0);
  }

  private static List<@Nullable FieldMask> masks(@Nullable FieldMask... all) {
    List<@Nullable FieldMask> masks = new ArrayList<>();
    Collections.addAll(masks, all);
    return masks;
  }

  private static byte[] rewritten(
      List<ColumnKind> kinds, boolean binary, List<@Nullable FieldMask> masks, byte[] row) {
    ByteBuf out = Wire.offset(new byte[0]);
    new RowRewriter(kinds, binary, masks).rewrite(Wire.offset(row), out);
    return ByteBufUtil.getBytes(out);
  }

  @Test
  void textRow_hasItsMasks() {
    List<ColumnKind> kinds = List.of(TEXT, NUMBER, TEXT, NUMBER);
    byte[] row = Wire.bytes("06 'secret' 02 '42' fb 01 '7'");
    assertThat(rewritten(kinds, false, masks(STARS, null, STARS, NOTHING), row))
        .isEqualTo(Wire.bytes("04 '****' 02 '42' 04 '****' fb"));
    assertThat(rewritten(kinds, false, masks(null, null, null, null), row)).isEqualTo(row);
    assertThat(rewritten(kinds, false, masks(KEEP, KEEP, KEEP, KEEP), row)).isEqualTo(row);
  }

  @Test
  void binaryRow_hasItsMasksAndItsNulls() {
    List<ColumnKind> kinds = new ArrayList<>(Collections.nCopies(9, NUMBER));
    kinds.set(0, TEXT);
    kinds.set(7, TEXT);
    kinds.set(8, TIME);
    // the first, the seventh and the eighth are NULL
    byte[] row = Wire.bytes("00 0403 01000000 02000000 03000000 04000000 05000000 00");
    List<@Nullable FieldMask> masks =
        masks(STARS, NOTHING, null, _ -> new Value.Int(-1), null, null, NOTHING, STARS, NOTHING);
    assertThat(rewritten(kinds, true, masks, row))
        .isEqualTo(Wire.bytes("00 0805 04 '****' 02000000 ffffffff 04000000 05000000 04 '****'"));
  }

  @Test
  void valueThatDoesNotFit_leavesNothingBehind() {
    ByteBuf out = Wire.offset(Wire.bytes("'kept'"));
    RowRewriter rewriter =
        new RowRewriter(List.of(TEXT, NUMBER), false, masks(STARS, _ -> new Value.Text("no")));
    assertThatThrownBy(() -> rewriter.rewrite(Wire.offset(Wire.bytes("01 'a' 01 '1'")), out))
        .isInstanceOf(Unmaskable.class)
        .hasMessageContaining("column 2");
    assertThat(ByteBufUtil.getBytes(out)).isEqualTo(Wire.bytes("'kept'"));
  }

  @Test
  void maskThatFails_saysNothingOfTheValue() {
    FieldMask failing =
        value -> {
          throw new IllegalStateException("planted " + value);
        };
    assertThatThrownBy(
            () -> rewritten(List.of(TEXT), false, masks(failing), Wire.bytes("06 'secret'")))
        .isInstanceOf(Unmaskable.class)
        .hasMessageContaining("IllegalStateException")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("planted");
  }

  @Test
  void rowOfOtherColumns_isNoRow() {
    for (String row : List.of("", "01 'a'", "01 'a' 01 'b' 01 'c'", "01 'a' 05 'b'", "01 'a' ff")) {
      assertThatThrownBy(
              () -> rewritten(List.of(TEXT, TEXT), false, masks(STARS, null), Wire.bytes(row)))
          .as(row)
          .isInstanceOf(ProtocolException.class);
    }
    for (String row : List.of("", "00", "01 00 01000000", "00 01 01000000", "00 00 010000")) {
      assertThatThrownBy(() -> rewritten(List.of(NUMBER), true, masks(NOTHING), Wire.bytes(row)))
          .as(row)
          .isInstanceOf(ProtocolException.class);
    }
  }

  /** What is not masked is what it was, and what is masked is not there. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyRow_keepsTheRest(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int columns = 1 + random.nextInt(20);
      boolean binary = random.nextBoolean();
      List<ColumnKind> kinds = new ArrayList<>();
      List<@Nullable FieldMask> masks = new ArrayList<>();
      List<byte @Nullable []> values = new ArrayList<>();
      List<byte @Nullable []> expected = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        byte[] value = random.nextInt(4) == 0 ? null : value(random);
        int fate = random.nextInt(3);
        kinds.add(TEXT);
        values.add(value);
        masks.add(List.of(STARS, NOTHING, KEEP).get(fate));
        expected.add(fate == 0 ? Wire.bytes("'****'") : fate == 1 ? null : value);
      }
      assertThat(rewritten(kinds, binary, masks, row(binary, kinds, values)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(row(binary, kinds, expected));
    }
  }

  private static byte[] value(Random random) {
    byte[] value = new byte[random.nextInt(10) == 0 ? random.nextInt(70_000) : random.nextInt(9)];
    random.nextBytes(value);
    return value;
  }

  private static byte[] row(
      boolean binary, List<ColumnKind> kinds, List<byte @Nullable []> values) {
    List<Integer> types = kinds.stream().map(ColumnKind::wireType).toList();
    ByteBuf out = Unpooled.buffer();
    if (binary) {
      new BinaryRow(types, values).encode(out, Capabilities.NONE);
    } else {
      new TextRow(values).encode(out, Capabilities.NONE);
    }
    return ByteBufUtil.getBytes(out);
  }
}

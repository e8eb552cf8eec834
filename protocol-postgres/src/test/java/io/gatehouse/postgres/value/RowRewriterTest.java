package io.gatehouse.postgres.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.testing.Wire;
import io.gatehouse.spi.value.Unmaskable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowRewriterTest {
  private static final int[] TYPES = {TypeOid.INT4, TypeOid.TEXT, TypeOid.INT4};
  private static final int[] FORMATS = {0, 0, 1};
  private static final FieldMask STARS = _ -> new Value.Text("***");
  private static final FieldMask ZERO = _ -> new Value.Int(0);

  private static byte[] row(String... values) {
    return Wire.written(new DataRow(Wire.values(values))::encodeBody);
  }

  private static byte[] frame(String... values) {
    return Wire.written(new DataRow(Wire.values(values))::encode);
  }

  private static byte[] rewritten(byte[] row, @Nullable FieldMask... masks) {
    RowRewriter rewriter = new RowRewriter(TYPES, FORMATS, Arrays.asList(masks));
    ByteBuf body = Wire.offset(row);
    int reader = body.readerIndex();
    int writer = body.writerIndex();
    ByteBuf out = Unpooled.buffer().writeLong(42);
    rewriter.rewrite(body, out);
    assertThat(body.readerIndex()).isEqualTo(reader);
    assertThat(body.writerIndex()).isEqualTo(writer);
    assertThat(out.readLong()).isEqualTo(42);
    return ByteBufUtil.getBytes(out);
  }

  private static void assertRefused(byte[] row, String why, @Nullable FieldMask... masks) {
    RowRewriter rewriter = new RowRewriter(TYPES, FORMATS, Arrays.asList(masks));
    ByteBuf out = Unpooled.buffer().writeLong(42);
    assertThatThrownBy(() -> rewriter.rewrite(Wire.offset(row), out))
        .isInstanceOf(Unmaskable.class)
        .hasMessage(why)
        .hasNoCause();
    assertThat(out.readableBytes()).isEqualTo(8);
  }

  @Test
  void maskedFieldsAreReplacedInTheirFormatAndTheOthersCopied() {
    byte[] row = row("'7'", "'secret'", "00000007");
    assertThat(rewritten(row, null, STARS, ZERO)).isEqualTo(frame("'7'", "'***'", "00000000"));
    assertThat(rewritten(row, ZERO, null, null)).isEqualTo(frame("'0'", "'secret'", "00000007"));
    assertThat(rewritten(row, null, null, null)).isEqualTo(frame("'7'", "'secret'", "00000007"));
  }

  @Test
  void nullIsHandedToTheMaskAndMayBeItsAnswer() {
    FieldMask exchange = value -> value.equals(Value.NULL) ? new Value.Text("none") : Value.NULL;
    assertThat(rewritten(row("NULL", "NULL", "NULL"), null, exchange, null))
        .isEqualTo(frame("NULL", "'none'", "NULL"));
    assertThat(rewritten(row("NULL", "'x'", "NULL"), null, exchange, null))
        .isEqualTo(frame("NULL", "NULL", "NULL"));
  }

  @Test
  void valueThatTheMaskGivesBackIsCopiedAsItCame() {
    FieldMask same = value -> value;
    assertThat(rewritten(row("'+07'", "ff", "NULL"), same, same, same))
        .isEqualTo(frame("'+07'", "ff", "NULL"));
  }

  /** Else a row would tell whether it had what the mask puts there. */
  @Test
  void equalValueThatTheMaskPutsThereIsWrittenLikeForAnyOther() {
    FieldMask seven = _ -> new Value.Int(7);
    assertThat(rewritten(row("'+07'", "NULL", "NULL"), seven, null, null))
        .isEqualTo(rewritten(row("'8'", "NULL", "NULL"), seven, null, null))
        .isEqualTo(frame("'7'", "NULL", "NULL"));
  }

  @Test
  void answerThatTheColumnCannotCarryIsRefused() {
    assertRefused(
        row("'7'", "'secret'", "NULL"),
        "column 1 could not be masked: type int4 has no text form for this Text",
        STARS,
        null,
        null);
    assertRefused(
        row("NULL", "NULL", "00000007"),
        "column 3 could not be masked: type int4 has no binary form for this Text",
        null,
        null,
        STARS);
  }

  @Test
  void maskThatThrowsIsRefusedWithoutItsWords() {
    assertRefused(
        row("NULL", "'secret'", "NULL"),
        "column 2 could not be masked: its mask failed with java.lang.IllegalStateException",
        null,
        value -> {
          throw new IllegalStateException("" + value);
        },
        null);
    assertRefused(
        row("NULL", "'secret'", "NULL"),
        "column 2 could not be masked: its mask failed with java.lang.NoClassDefFoundError",
        null,
        _ -> {
          throw new NoClassDefFoundError("x");
        },
        null);
  }

  @Test
  void maskThatGivesNothingIsRefused() {
    assertRefused(
        row("NULL", "'secret'", "NULL"),
        "column 2 could not be masked: its mask gave no answer",
        null,
        RowRewriterTest::nothing,
        null);
  }

  @SuppressWarnings("NullAway") // a mask that was not compiled with our checks
  private static Value nothing(Value original) {
    return null;
  }

  @Test
  void rowWithOtherColumnsThanDescribedIsRefused() {
    assertRefused(row("'7'"), "a row has 1 columns where 3 were described", null, null, null);
  }

  @Test
  void formatThatIsNeitherTextNorBinaryIsRefused() {
    assertThatThrownBy(
            () -> new RowRewriter(new int[] {25}, new int[] {2}, Collections.singletonList(STARS)))
        .isInstanceOf(Unmaskable.class);
  }

  @Test
  void rowCutAnywhereOrLongerIsRefusedAndNothingWritten() {
    byte[] row = row("'7'", "'secret'", "00000007");
    RowRewriter rewriter = new RowRewriter(TYPES, FORMATS, List.of(ZERO, STARS, ZERO));
    for (int length = 0; length <= row.length + 1; length++) {
      byte[] other = Arrays.copyOf(row, length);
      ByteBuf out = Unpooled.buffer();
      if (length != row.length) {
        assertThatThrownBy(() -> rewriter.rewrite(Wire.offset(other), out))
            .isInstanceOf(ProtocolException.class);
        assertThat(out.isReadable()).isFalse();
      }
    }
  }
}

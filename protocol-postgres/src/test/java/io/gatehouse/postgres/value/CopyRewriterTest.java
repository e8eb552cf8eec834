package io.gatehouse.postgres.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.CopyFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CopyRewriterTest {
  private static final CopyFormat TEXT = text("\t", "\\N", false);
  private static final CopyFormat CSV =
      new CopyFormat(CopyFormat.Kind.CSV, (byte) ',', "", (byte) '"', (byte) '"', false);
  private static final CopyFormat BINARY =
      new CopyFormat(CopyFormat.Kind.BINARY, (byte) 0, "", (byte) 0, (byte) 0, false);

  private static CopyFormat text(String delimiter, String nullText, boolean header) {
    return new CopyFormat(
        CopyFormat.Kind.TEXT, (byte) delimiter.charAt(0), nullText, (byte) '"', (byte) '"', header);
  }

  /** The content of all messages that come of these. */
  private static byte[] rewritten(CopyRewriter rewriter, byte[]... messages) {
    ByteBuf out = Unpooled.buffer();
    ByteBuf all = Unpooled.buffer();
    for (byte[] message : messages) {
      out.clear();
      rewriter.rewrite(Unpooled.wrappedBuffer(message), out);
      if (out.isReadable()) {
        assertThat((char) out.readByte()).isEqualTo('d');
        assertThat(out.readInt()).isEqualTo(out.readableBytes() + 4).isGreaterThan(4);
        all.writeBytes(out);
      }
    }
    return ByteBufUtil.getBytes(all);
  }

  private static String second(CopyFormat format, String data) {
    CopyRewriter rewriter = new CopyRewriter(format, List.of(false, true, false));
    byte[] result = rewritten(rewriter, data.getBytes(UTF_8));
    rewriter.end();
    return new String(result, UTF_8);
  }

  @Test
  void text_columnBecomesNull_whateverIsEscaped() {
    assertThat(second(TEXT, "1\tsecret\tx\n")).isEqualTo("1\t\\N\tx\n");
    assertThat(second(TEXT, "1\t\tx\n2\t\\N\t\n")).isEqualTo("1\t\\N\tx\n2\t\\N\t\n");
    assertThat(second(TEXT, "a\\\\\ts\\\te\\\\c\tb\\n\n")).isEqualTo("a\\\\\t\\N\tb\\n\n");
    assertThat(second(text("|", "NIL", true), "a|b|c\n1|se\\|cret|é\n"))
        .isEqualTo("a|b|c\n1|NIL|é\n");
  }

  @Test
  void csv_columnBecomesNull_whateverIsQuoted() {
    assertThat(second(CSV, "1,\"se,\"\"\ncret\",x\n\"a\nb\",,\n")).isEqualTo("1,,x\n\"a\nb\",,\n");
    CopyFormat escaped =
        new CopyFormat(CopyFormat.Kind.CSV, (byte) ';', "NULL", (byte) '\'', (byte) '\\', true);
    assertThat(second(escaped, "'a;\n';b;c\n1;'x\\';\n\\\\';'z\\''\n"))
        .isEqualTo("'a;\n';b;c\n1;NULL;'z\\''\n");
  }

  @Test
  void binary_columnBecomesNull() {
    assertThat(
            rewritten(
                new CopyRewriter(BINARY, List.of(false, true, false)),
                binary(new String[] {"1", "secret", "x"}, new String[] {null, null, ""})))
        .isEqualTo(binary(new String[] {"1", null, "x"}, new String[] {null, null, ""}));
  }

  private static byte[] binary(String[]... rows) {
    ByteBuf out = Unpooled.buffer();
    out.writeCharSequence("PGCOPY\n", UTF_8);
    out.writeByte(0xff).writeByte('\r').writeByte('\n').writeByte(0).writeInt(0).writeInt(0);
    for (String[] row : rows) {
      out.writeShort(row.length);
      for (String field : row) {
        if (field == null) {
          out.writeInt(-1);
        } else {
          byte[] bytes = field.getBytes(UTF_8);
          out.writeInt(bytes.length).writeBytes(bytes);
        }
      }
    }
    return ByteBufUtil.getBytes(out.writeShort(-1));
  }

  @ParameterizedTest
  @CsvSource({"'1\t2\n', fewer columns", "'1\t2\t3\t4\n', more columns"})
  void text_withOtherColumnsThanDescribed_fails(String data, String why) {
    assertThatThrownBy(() -> second(TEXT, data))
        .isInstanceOf(CopyRewriter.Unreadable.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\ts\tx", "1\ts", "1\ts\tx\n2"})
  void text_thatEndsInARow_fails(String data) {
    assertThatThrownBy(() -> second(TEXT, data))
        .isInstanceOf(CopyRewriter.Unreadable.class)
        .hasMessageContaining("in the middle of a row");
  }

  @Test
  void binary_thatIsNone_fails() {
    byte[] short_ = binary(new String[][] {{"1", "2"}});
    byte[] long_ = binary(new String[][] {{"1", "2", "3"}});
    byte[] flagged = binary();
    flagged[13] = 1;
    for (byte[] data : List.of("PGCOPX\n".getBytes(UTF_8), short_, flagged)) {
      assertThatThrownBy(
              () -> rewritten(new CopyRewriter(BINARY, List.of(false, true, false)), data))
          .isInstanceOf(CopyRewriter.Unreadable.class);
    }
    CopyRewriter over = new CopyRewriter(BINARY, List.of(false, true, false));
    rewritten(over, long_);
    assertThatThrownBy(() -> rewritten(over, new byte[] {0}))
        .isInstanceOf(CopyRewriter.Unreadable.class);
  }

  /** Where messages end does not matter. */
  @RepeatedTest(200)
  void data_splitAnywhere_givesTheSame(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    CopyFormat format = List.of(TEXT, CSV, BINARY).get(random.nextInt(3));
    byte[] data =
        switch (format.kind()) {
          case TEXT -> "a\\\t\tse\\\\\\\tcret\t\\N\nx\t\\\\\ty\\n\n".repeat(3).getBytes(UTF_8);
          case CSV -> "\"a\"\"\",\"s,\n\"\"\",\"\n\"\n,,\n1,2,3\n".repeat(3).getBytes(UTF_8);
          case BINARY ->
              binary(new String[][] {{"one", "secret", null}, {"", null, "x"}, {"é", "", "y"}});
        };
    List<Boolean> withheld =
        List.of(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
    byte[] whole = rewritten(new CopyRewriter(format, withheld), data);
    CopyRewriter split = new CopyRewriter(format, withheld);
    byte[][] parts = new byte[data.length][];
    int from = 0;
    int count = 0;
    while (from < data.length) {
      int to = Math.min(data.length, from + 1 + random.nextInt(6));
      parts[count++] = Arrays.copyOfRange(data, from, to);
      from = to;
    }
    assertThat(rewritten(split, Arrays.copyOf(parts, count)))
        .as("seed %d, %s, %s", seed, format, withheld)
        .isEqualTo(whole);
  }
}

package io.gatehouse.postgres.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.CopyFormat;
import io.gatehouse.spi.CopyFormat.Quoting;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.value.Unmaskable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CopyRewriterTest {
  private static final CopyFormat TEXT = text("\t", "\\N", false);
  private static final CopyFormat CSV = csv(",", "", "\"\"", false);
  private static final CopyFormat BINARY =
      new CopyFormat(CopyFormat.Kind.BINARY, (byte) 0, "", Quoting.NONE, false);
  private static final int LONGEST = 1_000_000;

  private static final FieldMask NULL = _ -> Value.NULL;
  private static final FieldMask SAME = value -> value;

  /** What is awkward to write, around the value, in which nothing may be left as it was escaped. */
  private static final FieldMask AWKWARD =
      value ->
          new Value.Text(
              "<\\\t|,\"\n'"
                  + (value instanceof Value.Text(String text) ? text : value.toString())
                  + "é>");

  private static CopyFormat text(String delimiter, String nullText, boolean header) {
    return new CopyFormat(
        CopyFormat.Kind.TEXT, (byte) delimiter.charAt(0), nullText, Quoting.NONE, header);
  }

  /**
   * @param quotes the quote and the escape
   */
  private static CopyFormat csv(
      String delimiter, String nullText, String quotes, boolean header, String... quoted) {
    return new CopyFormat(
        CopyFormat.Kind.CSV,
        (byte) delimiter.charAt(0),
        nullText,
        new Quoting((byte) quotes.charAt(0), (byte) quotes.charAt(1), false, Set.of(quoted)),
        header);
  }

  private static CopyRewriter rewriter(CopyFormat format, @Nullable FieldMask... masks) {
    return rewriter(format, TypeOid.TEXT, masks);
  }

  private static CopyRewriter rewriter(CopyFormat format, int type, @Nullable FieldMask... masks) {
    List<ResultDescription.Column> columns = new ArrayList<>();
    for (int i = 0; i < masks.length; i++) {
      columns.add(
          new ResultDescription.Column("c" + i, 0, 0, Integer.toUnsignedString(type), -1, false));
    }
    return new CopyRewriter(
        new CopyShape.Rewrite(format, new ResultDescription(columns), Arrays.asList(masks)),
        LONGEST);
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
    return second(format, NULL, data);
  }

  private static String second(CopyFormat format, FieldMask mask, String data) {
    return rewritten(rewriter(format, null, mask, null), data);
  }

  private static String rewritten(CopyRewriter rewriter, String data) {
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
    CopyFormat escaped = csv(";", "NULL", "'\\", true);
    assertThat(second(escaped, "'a;\n';b;c\n1;'x\\';\n\\\\';'z\\''\n"))
        .isEqualTo("'a;\n';b;c\n1;NULL;'z\\''\n");
  }

  @Test
  void binary_columnBecomesNull() {
    assertThat(
            rewritten(
                rewriter(BINARY, null, NULL, null),
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
      assertThatThrownBy(() -> rewritten(rewriter(BINARY, null, NULL, null), data))
          .isInstanceOf(CopyRewriter.Unreadable.class);
    }
    CopyRewriter over = rewriter(BINARY, null, NULL, null);
    rewritten(over, long_);
    assertThatThrownBy(() -> rewritten(over, new byte[] {0}))
        .isInstanceOf(CopyRewriter.Unreadable.class);
  }

  @Test
  void text_maskSeesTheValue_andItsAnswerIsEscaped() {
    assertThat(second(TEXT, AWKWARD, "1\ta\\tb\\\\\\n\\r\\b\\f\\v\tx\n"))
        .isEqualTo("1\t<\\\\\\t|,\"\\n'a\\tb\\\\\\n\\r\\b\\f\\vé>\tx\n");
    assertThat(second(text("|", "\\N", false), AWKWARD, "1|a\\|\u0001|x\n"))
        .isEqualTo("1|<\\\\\\t\\|,\"\\n'a\\|\u0001é>|x\n");
    assertThat(second(text("X", "", false), SAME, "1XaX\\Xx\n")).isEqualTo("1XaX\\Xx\n");
    assertThat(second(TEXT, AWKWARD, "1\t\\N\tx\n2\t\\\\N\t\n"))
        .isEqualTo(
            "1\t<\\\\\\t|,\"\\n'Nullé>\tx\n2\t<\\\\\\t|,\"\\n'\\\\Né>\t\n"
                .replace("Null", Value.NULL.toString()));
  }

  @Test
  void csv_maskSeesTheValue_andItsAnswerIsQuoted() {
    assertThat(second(CSV, AWKWARD, "1,\"a\"\"b,\n\",x\n"))
        .isEqualTo("1,\"<\\\t|,\"\"\n'a\"\"b,\né>\",x\n");
    assertThat(second(csv("|", "", "'*", false), AWKWARD, "1|'a**b*'|'|x\n"))
        .isEqualTo("1|'<\\\t|,\"\n*'a**b*'|é>'|x\n");
    FieldMask answers =
        value ->
            new Value.Text(
                switch (((Value.Text) value).value()) {
                  case "plain" -> "a b";
                  case "null" -> "NIL";
                  case "return" -> "\r";
                  default -> "";
                });
    assertThat(
            second(
                csv(",", "NIL", "\"\"", false), answers, "1,plain,x\n1,null,\n1,return,\n1,x,\n"))
        .isEqualTo("1,a b,x\n1,\"NIL\",\n1,\"\r\",\n1,,\n");
    assertThat(second(csv(",", "", "\"\"", false, "c1"), answers, "1,plain,x\n"))
        .isEqualTo("1,\"a b\",x\n");
    assertThat(rewritten(rewriter(CSV, _ -> new Value.Text("\\.")), "x\n")).isEqualTo("\"\\.\"\n");
  }

  @Test
  void csv_nullIsWithoutQuotes_andTheSameTextWithQuotesIsAValue() {
    FieldMask nulls = value -> new Value.Text(value.equals(Value.NULL) ? "null" : "value");
    assertThat(second(CSV, nulls, "1,,x\n1,\"\",x\n")).isEqualTo("1,null,x\n1,value,x\n");
    assertThat(second(csv(",", "N", "\"\"", false), nulls, "1,N,x\n1,\"N\",x\n1,,\n"))
        .isEqualTo("1,null,x\n1,value,x\n1,value,\n");
  }

  @Test
  void binary_maskSeesTheValue() {
    assertThat(
            rewritten(
                rewriter(
                    BINARY,
                    null,
                    value -> value.equals(Value.NULL) ? new Value.Text("none") : Value.NULL,
                    _ -> new Value.Text("")),
                binary(new String[] {"1", "secret", "x"}, new String[] {null, null, ""})))
        .isEqualTo(binary(new String[] {"1", null, ""}, new String[] {null, "none", ""}));
  }

  @Test
  void fieldThatItsMaskLeavesAlone_isTheSameToTheByte() {
    String quoted = "\"needless\",\"a\",\"b\"\n,,\n";
    assertThat(second(CSV, SAME, quoted)).isEqualTo(quoted);
    assertThat(second(TEXT, SAME, "1\t\\N\tx\n")).isEqualTo("1\t\\N\tx\n");
    byte[] data = binary(new String[] {"1", "same", "x"}, new String[] {null, null, ""});
    assertThat(rewritten(rewriter(BINARY, null, SAME, SAME), data)).isEqualTo(data);
  }

  /**
   * In text a value that has the text of NULL is written like NULL. If it were taken for NULL, a
   * mask that keeps NULL would tell which rows have a value of the caller's choice.
   */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "25, ^^, false",
        "25, NIL, false",
        "25, \\N, true",
        "25, \\NIL, true",
        "25, a\\tb, false",
        "25, a\\xb, true",
        "1043, x, false",
        "23, ^^, true",
        "23, NULL, true",
        "23, 4711, false",
        "23, ^ 4711^, false",
        "1700, -1.50, false",
        "1700, NaN, false",
        "701, Infinity, false",
        "701, inf, false",
        "16, t, false",
        "16, -, true",
        "2950, ?, true",
        "1082, ^^, true",
        "1082, NULL, true",
        "1082, infinity, false",
        "1082, 11/21/2026, false",
        "1186, @ 0, false",
        "17, ^^, false",
        "17, NULL, false",
        "114, ^^, true",
        "114, null, false",
        "1007, ^^, true",
        "1007, NULL, true",
        "1007, {}, false",
        "20000, ^^, false",
        "600, ^^, false",
      })
  void text_fieldWithTheTextOfNull_isNullOnlyIfNoValueHasIt(
      int type, String nullText, boolean certain) {
    List<Value> seen = new ArrayList<>();
    CopyRewriter rewriter =
        rewriter(
            text("|", nullText, false),
            type,
            value -> {
              seen.add(value);
              return Value.NULL;
            });
    assertThat(rewritten(rewriter, nullText + "\n")).isEqualTo(nullText + "\n");
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().equals(Value.NULL)).isEqualTo(certain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\", "\\x41", "\\101", "\\é", "\\q", "\\|"})
  void text_thatTheServerDoesNotWrite_fails(String field) {
    CopyRewriter rewriter = rewriter(TEXT, AWKWARD, null);
    assertThatThrownBy(() -> rewritten(rewriter, field + "\tx\ny\tz\n"))
        .isInstanceOf(CopyRewriter.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b\"", "\"a\"b", "\"a\"b\"\"", "\"a\"\"\"b\"\""})
  void csv_thatTheServerDoesNotWrite_fails(String field) {
    assertThatThrownBy(() -> rewritten(rewriter(CSV, AWKWARD, null), field + ",x\ny,z\n"))
        .isInstanceOf(CopyRewriter.Unreadable.class);
  }

  @Test
  void fieldThatIsTooLong_fails_unlessNothingMasksIt() {
    String longest = "x".repeat(LONGEST);
    FieldMask length = value -> new Value.Text("" + ((Value.Text) value).value().length());
    assertThat(second(TEXT, length, "1\t" + longest + "\tx\n")).isEqualTo("1\t1000000\tx\n");
    String other = longest + "x\t1\tx\n";
    assertThat(second(TEXT, SAME, other)).isEqualTo(other);
    CopyRewriter text = rewriter(TEXT, SAME, null);
    assertThatThrownBy(() -> rewritten(text, other + "\t"))
        .isInstanceOf(CopyRewriter.TooLong.class);
    CopyRewriter binary = rewriter(BINARY, SAME);
    byte[] start = Arrays.copyOf(binary(new String[] {longest + "x"}), 25);
    assertThatThrownBy(() -> rewritten(binary, start)).isInstanceOf(CopyRewriter.TooLong.class);
  }

  @Test
  void maskThatThrows_failsWithoutAValue_andAppendsNothing() {
    FieldMask faulty =
        value -> {
          throw new IllegalStateException("quotes " + value);
        };
    ByteBuf out = Unpooled.buffer().writeByte(7);
    assertThatThrownBy(
            () ->
                rewriter(TEXT, null, faulty)
                    .rewrite(Unpooled.wrappedBuffer("1\tsecret\n".getBytes(UTF_8)), out))
        .isInstanceOf(Unmaskable.class)
        .hasMessage(
            "column 2 could not be masked: its mask failed with "
                + "java.lang.IllegalStateException");
    assertThat(out.readableBytes()).isEqualTo(1);
    CopyRewriter other = rewriter(TEXT, TypeOid.INT4, _ -> new Value.Text("x"));
    assertThatThrownBy(() -> rewritten(other, "1\n")).isInstanceOf(Unmaskable.class);
  }

  private static final List<CopyFormat> FORMATS =
      List.of(TEXT, CSV, BINARY, csv("|", "N", "'*", true, "c1"), text(",", "\\-", true));

  private static byte[] data(CopyFormat format) {
    return switch (format.kind()) {
      case TEXT ->
          "a\\\t\tse\\\\\\\tcret\t\\N\nx\t\\\\\ty\\n\n"
              .repeat(3)
              .replace("\t", "" + (char) format.delimiter())
              .replace("\\N", format.nullText())
              .getBytes(UTF_8);
      case CSV -> {
        String rows = "\"a\"\"\",\"s,\n\"\"\",\"\n\"\n,,\n1,2,é\n".repeat(3);
        boolean plain = format.delimiter() == ',';
        yield (plain ? rows : rows.replace("\"\"", "*'").replace('"', '\'').replace(',', '|'))
            .getBytes(UTF_8);
      }
      case BINARY ->
          binary(new String[][] {{"one", "secret", null}, {"", null, "x"}, {"é", "", "y"}});
    };
  }

  @Test
  void data_splitAtEveryByte_givesTheSame() {
    for (CopyFormat format : FORMATS) {
      byte[] data = data(format);
      @Nullable FieldMask[] masks = {SAME, AWKWARD, null};
      byte[] whole = rewritten(rewriter(format, masks), data);
      for (int cut = 0; cut <= data.length; cut++) {
        byte[] before = Arrays.copyOf(data, cut);
        byte[] after = Arrays.copyOfRange(data, cut, data.length);
        assertThat(rewritten(rewriter(format, masks), before, after))
            .as("%s cut at %d", format, cut)
            .isEqualTo(whole);
      }
    }
  }

  /** Where messages end does not matter. */
  @RepeatedTest(300)
  void data_splitAnywhere_givesTheSame(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    CopyFormat format = FORMATS.get(random.nextInt(FORMATS.size()));
    byte[] data = data(format);
    @Nullable FieldMask[] masks = new @Nullable FieldMask[3];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = Arrays.asList(null, NULL, SAME, AWKWARD).get(random.nextInt(4));
    }
    byte[] whole = rewritten(rewriter(format, masks), data);
    CopyRewriter split = rewriter(format, masks);
    byte[][] parts = new byte[data.length][];
    int from = 0;
    int count = 0;
    while (from < data.length) {
      int to = Math.min(data.length, from + 1 + random.nextInt(6));
      parts[count++] = Arrays.copyOfRange(data, from, to);
      from = to;
    }
    assertThat(rewritten(split, Arrays.copyOf(parts, count)))
        .as("seed %d, %s", seed, format)
        .isEqualTo(whole);
  }
}

package io.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.CopyData;
import io.gatehouse.postgres.message.CopyDone;
import io.gatehouse.postgres.message.CopyOutResponse;
import io.gatehouse.postgres.message.DataRow;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.RowDescription;
import io.gatehouse.spi.ResultReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results on record, as people get to see them. */
final class PostgresRenderingTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /** Everything as one line each. */
  private static final class Lines implements ResultReader.Sink {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void columns(List<String> labels) {
      lines.add("columns " + labels);
    }

    @Override
    public void row(List<@Nullable String> values) {
      lines.add("row " + values);
    }

    @Override
    public void line(String text) {
      lines.add("line " + text);
    }

    @Override
    public void done(String how) {
      lines.add("done " + how);
    }

    @Override
    public void said(String severity, String code, String message) {
      lines.add(severity + " " + code + " " + message);
    }

    @Override
    public void unread(String what) {
      lines.add("unread " + what);
    }
  }

  private static byte[] wire(BackendMessage... messages) {
    ByteBuf out = Unpooled.buffer();
    for (BackendMessage message : messages) {
      ByteBuf body = Unpooled.buffer();
      message.encodeBody(body);
      out.writeByte(message.type()).writeInt(4 + body.readableBytes()).writeBytes(body);
    }
    return ByteBufUtil.getBytes(out);
  }

  private List<String> read(byte[] wire, boolean inParts) {
    Lines lines = new Lines();
    ResultReader reader = new PostgresRendering().results(lines);
    int at = 0;
    while (at < wire.length) {
      int count = inParts ? Math.min(wire.length - at, 1 + random.nextInt(9)) : wire.length;
      reader.take(Arrays.copyOfRange(wire, at, at + count));
      at += count;
    }
    reader.end();
    return lines.lines;
  }

  private static RowDescription.Field field(String name, int type, int format) {
    return new RowDescription.Field(name, 0, 0, type, -1, -1, format);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] whole() {
    return wire(
        new RowDescription(
            List.of(
                field("n", 23, 0),
                field("n", 23, 1),
                field("day", 1082, 1),
                field("x", 600, 1),
                field("t", 25, 1))),
        new DataRow(
            Arrays.asList(
                utf8("42"), hex("ffffffd6"), hex("00000000"), hex("0102"), utf8("Jos\u00e9"))),
        new DataRow(Arrays.asList(null, null, null, null, null)),
        new CommandComplete("SELECT 2"),
        new CopyOutResponse(0, new int[] {0}),
        new CopyData(utf8("a\tb\nc\t")),
        new CopyData(utf8("d\n")),
        new CopyDone(),
        new CommandComplete("COPY 2"),
        ErrorResponse.of("ERROR", "42501", "no"),
        new ReadyForQuery((byte) 'I'));
  }

  @Test
  void result_isReadHoweverItIsCut() {
    List<String> expected =
        List.of(
            "columns [n, n, day, x, t]",
            "row [42, -42, 2000-01-01, \\x0102, Jos\u00e9]",
            "row [null, null, null, null, null]",
            "done SELECT 2",
            "line a\tb",
            "line c\td",
            "done COPY 2",
            "ERROR 42501 no");
    assertThat(read(whole(), false)).isEqualTo(expected);
    for (int i = 0; i < 200; i++) {
      assertThat(read(whole(), true)).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void rowsWithoutADescription_areShownAsText_orBytes() {
    byte[] wire = wire(new DataRow(Arrays.asList(utf8("x"), hex("ff"))));
    assertThat(read(wire, true)).containsExactly("row [x, \\xff]");
  }

  @Test
  void lengthThatIsNotThere_takesNoMemory_andIsTold() {
    byte[] wire = hex("447fffffff0001");
    assertThat(read(wire, true)).containsExactly("unread the end of a message is not there");
    assertThat(read(hex("44000000"), true))
        .containsExactly("unread the end of a message is not there");
    assertThat(read(hex("4400000003aabbcc"), true))
        .containsExactly("unread what follows is not a server's messages");
  }

  @Test
  void messageThatIsTooLong_isLeftOut_andTheNextOneIsRead() {
    Lines lines = new Lines();
    ResultReader reader = new PostgresRendering().results(lines);
    int length = 17 << 20;
    reader.take(ByteBuffer.allocate(5).put((byte) 'D').putInt(4 + length).array());
    reader.take(new byte[length / 2]);
    reader.take(new byte[length - length / 2]);
    reader.take(wire(new CommandComplete("SELECT 1")));
    assertThat(lines.lines)
        .containsExactly("unread a message of " + length + " bytes", "done SELECT 1");
  }

  @Test
  void anyBytes_areReadToTheEnd() {
    for (int i = 0; i < 20_000; i++) {
      byte[] wire = whole();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
      }
      assertThat(read(wire, random.nextBoolean())).as("seed " + seed).isNotNull();
    }
  }

  @Test
  void bindValue_isShownByItsType() {
    PostgresRendering rendering = new PostgresRendering();
    assertThat(rendering.value(hex("0000002a"), "23", true)).isEqualTo("42");
    assertThat(rendering.value(utf8("42"), "23", false)).isEqualTo("42");
    assertThat(rendering.value(hex("00"), "0", true)).isEqualTo("\\x00");
    assertThat(rendering.value(hex("00"), "what", true)).isEqualTo("\\x00");
  }
}

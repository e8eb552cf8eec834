package io.gatehouse.mcp.sse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static final String STREAM =
      "\u00ef\u00bb\u00bf: hello\n"
          + "event: message\r\nid: 1\r\ndata: {\"a\":\r\ndata:1}\r\n\r\n"
          + ":\n\n"
          + "data\rdata\r\rdata: x\r: inside\rdata: \u00c3\u00a9\r\r"
          + "retry: 500\nid\n\n"
          + "other: x\ndata:  two spaces\n\n"
          + "\r\n\r\n"
          + "event: a\nevent: b\nid: a\u0000b\nretry: -1\ndata:\n\n"
          + "data: never whole\n";

  private static List<EventPiece> pieces(byte[] stream, int... cuts) throws Exception {
    List<EventPiece> pieces = new ArrayList<>();
    EventDecoder decoder = new EventDecoder(EventLimits.DEFAULTS);
    int from = 0;
    for (int cut : IntStream.concat(IntStream.of(cuts), IntStream.of(stream.length)).toArray()) {
      ByteBuf in = Unpooled.wrappedBuffer(stream, from, cut - from);
      decoder.decode(in, pieces::add);
      assertThat(in.isReadable()).isFalse();
      in.release();
      from = cut;
    }
    return pieces;
  }

  private static List<String> said(List<EventPiece> pieces) {
    List<String> said = new ArrayList<>();
    for (EventPiece piece : pieces) {
      if (piece instanceof ServerEvent event) {
        said.add(
            String.join(
                "|",
                event.type(),
                event.id().orElse("-"),
                event.hasData() ? event.text() : "no data",
                event.retry().isPresent() ? "" + event.retry().getAsLong() : "-",
                event.hasIgnoredLines() ? "more" : "-"));
      }
    }
    return said;
  }

  private static byte[] joined(List<EventPiece> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(piece -> all.writeBytes(piece.bytes()));
    return all.toByteArray();
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(ISO_8859_1);
  }

  @Test
  void events_are_read_as_the_standard_says() throws Exception {
    assertThat(said(pieces(bytes(STREAM))))
        .containsExactly(
            "message|1|{\"a\":\n1}|-|-",
            "message|-|\n|-|-",
            "message|-|x\né|-|more",
            "message||no data|500|-",
            "message|-| two spaces|-|more",
            "b|-||-|more");
  }

  @Test
  void wherever_it_is_cut_it_says_the_same_and_no_byte_is_lost() throws Exception {
    byte[] stream = bytes(STREAM);
    byte[] whole = bytes(STREAM.substring(0, STREAM.indexOf("data: never")));
    List<String> expected = said(pieces(stream));
    for (int one = 0; one <= stream.length; one++) {
      for (int other = one; other <= stream.length; other += 7) {
        List<EventPiece> pieces = pieces(stream, one, other);
        assertThat(said(pieces)).isEqualTo(expected);
        assertThat(joined(pieces)).isEqualTo(whole);
      }
    }
    List<EventPiece> byByte = pieces(stream, IntStream.range(0, stream.length).toArray());
    assertThat(said(byByte)).isEqualTo(expected);
    assertThat(joined(byByte)).isEqualTo(whole);
  }

  @Test
  void an_event_is_handed_on_with_its_last_byte() throws Exception {
    EventDecoder decoder = new EventDecoder(EventLimits.DEFAULTS);
    List<EventPiece> pieces = new ArrayList<>();
    decoder.decode(Unpooled.copiedBuffer("data: x\r\n\r", ISO_8859_1), pieces::add);
    assertThat(said(pieces)).hasSize(1);
    decoder.decode(Unpooled.copiedBuffer("\n", ISO_8859_1), pieces::add);
    assertThat(joined(pieces)).isEqualTo(bytes("data: x\r\n\r\n"));
    assertThat(decoder.unfinished()).isFalse();
    decoder.decode(Unpooled.copiedBuffer("data", ISO_8859_1), pieces::add);
    assertThat(decoder.unfinished()).isTrue();
  }

  @Test
  void a_mark_before_a_later_line_is_part_of_its_field() throws Exception {
    assertThat(said(pieces(bytes("\n\u00ef\u00bb\u00bfdata: x\n\n"))))
        .containsExactly("message|-|no data|-|more");
  }

  @Test
  void events_of_any_length_are_whole() throws Exception {
    for (int length = 0; length < 1_100; length++) {
      byte[] stream = bytes("data: " + "x".repeat(length) + "\n\n");
      List<EventPiece> pieces = pieces(stream, length / 2);
      assertThat(said(pieces)).containsExactly("message|-|" + "x".repeat(length) + "|-|-");
      assertThat(joined(pieces)).isEqualTo(stream);
    }
  }

  @Test
  void a_comment_between_events_is_handed_on_by_itself() throws Exception {
    List<EventPiece> pieces = pieces(bytes(": alive\n"));
    assertThat(pieces).hasSize(1).first().isInstanceOf(Filler.class);
    assertThat(((Filler) pieces.getFirst()).comment()).isTrue();
    assertThat(((Filler) pieces(bytes("\r\n")).getFirst()).comment()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data: \u00c3\n", ": \u00ff\n", "x\u00ed\u00a0\u0080\n", "id: \u00c0\u00af\n"})
  void what_is_not_utf8_is_refused_and_nothing_is_read_after(String stream) {
    EventDecoder decoder = new EventDecoder(EventLimits.DEFAULTS);
    List<EventPiece> pieces = new ArrayList<>();
    assertThatThrownBy(() -> decoder.decode(Unpooled.wrappedBuffer(bytes(stream)), pieces::add))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("an event that is not UTF-8");
    assertThatThrownBy(() -> decoder.decode(Unpooled.wrappedBuffer(bytes("\n\n")), pieces::add))
        .isInstanceOf(MalformedEventException.class);
    assertThat(pieces).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'data: 34567', true",
    "'data: 34\n\n', false",
    "'data: 345\n\n', true",
    "'a\na\na\na\na\na\na', true",
    "'id: 12345\n', true",
    "'event:12345\n', true",
    "'id: 1234\n', false",
    "':12345678\n\n:12345678\n\n', false"
  })
  void what_is_too_long_is_refused_as_soon_as_it_is(String stream, boolean refused) {
    EventDecoder decoder = new EventDecoder(new EventLimits(10, 4));
    ByteBuf in = Unpooled.wrappedBuffer(bytes(stream));
    if (refused) {
      assertThatThrownBy(() -> decoder.decode(in, piece -> {}))
          .isInstanceOf(MalformedEventException.class);
    } else {
      assertThatCode(() -> decoder.decode(in, piece -> {})).doesNotThrowAnyException();
    }
  }

  @Test
  void what_is_written_is_read() throws Exception {
    ByteBuf out = Unpooled.buffer();
    EventWriter.keepAlive(out);
    EventWriter.event(out, "message", Optional.of("7"), "{\"a\":\r\n1,\r2\n}é\n".getBytes(UTF_8));
    EventWriter.event(out, "endpoint", Optional.empty(), bytes(""));
    EventWriter.retry(out, 1_000);
    byte[] stream = new byte[out.readableBytes()];
    out.readBytes(stream).release();
    List<EventPiece> pieces = pieces(stream);
    assertThat(said(pieces))
        .containsExactly(
            "message|7|{\"a\":\n1,\n2\n}é\n|-|-", "endpoint|-||-|-", "message|-|no data|1000|-");
    assertThat(joined(pieces)).isEqualTo(stream);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b"})
  void a_field_is_one_line(String value) {
    ByteBuf out = Unpooled.buffer();
    assertThatThrownBy(() -> EventWriter.event(out, value, Optional.empty(), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EventWriter.event(out, "x", Optional.of(value), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.readableBytes()).isZero();
    out.release();
  }

  @Test
  void any_bytes_in_any_chunks_are_the_same_pieces_or_refused() throws Exception {
    long seed = new Random().nextLong();
    String signs = "\r\n\r\n: dataidevent\u00c3\u00a9\u00ff\u0000x";
    int rounds = Boolean.getBoolean("gatehouse.long") ? 500_000 : 20_000;
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(seed + round);
      StringBuilder stream = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        stream.append(
            random.nextInt(3) == 0 ? "data:" : "" + signs.charAt(random.nextInt(signs.length())));
      }
      byte[] bytes = bytes(stream.toString());
      int[] cuts = random.ints(3, 0, bytes.length + 1).sorted().toArray();
      assertThat(outcome(bytes, cuts))
          .as("seed %d, %s", seed + round, stream)
          .isEqualTo(outcome(bytes));
    }
  }

  private static String outcome(byte[] stream, int... cuts) throws Exception {
    try {
      List<EventPiece> pieces = pieces(stream, cuts);
      return said(pieces) + new String(joined(pieces), ISO_8859_1);
    } catch (MalformedEventException e) {
      return String.valueOf(e.getMessage());
    }
  }
}

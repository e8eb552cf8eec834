package io.gatehouse.spi.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  private static JsonText read(String text) throws MalformedJsonException {
    return JsonText.read(text.getBytes(UTF_8), JsonLimits.DEFAULTS);
  }

  private static JsonFault fault(byte[] bytes, JsonLimits limits) {
    return catchThrowableOfType(MalformedJsonException.class, () -> JsonText.read(bytes, limits))
        .fault();
  }

  @Test
  void every_kind_of_value_is_read() throws Exception {
    JsonValue root =
        read(" {\"s\":\"a\\u00e9\\n"
                + "\",\"n\":-1.50e2,\"t\":true,\"f\":false,\"z\":null,\"a\":[1,[],{}]} ")
            .root();
    assertThat(root.find("s").orElseThrow().text()).isEqualTo("aé\n");
    assertThat(root.find("n").orElseThrow().number()).isEqualTo("-1.50e2");
    assertThat(root.find("n").orElseThrow().decimal()).isEqualByComparingTo("-150");
    assertThat(root.find("t").orElseThrow().truth()).isTrue();
    assertThat(root.find("f").orElseThrow().truth()).isFalse();
    assertThat(root.find("z").orElseThrow().is(JsonKind.NULL)).isTrue();
    assertThat(root.find("a").orElseThrow().size()).isEqualTo(3);
    assertThat(root.size()).isEqualTo(6);
    assertThat(root.find("absent")).isEmpty();
    assertThat(root.plain())
        .isEqualTo(
            mapWithNull(
                "s",
                "aé\n",
                "n",
                new BigDecimal("-1.50e2"),
                "t",
                true,
                "f",
                false,
                "z",
                null,
                "a",
                List.of(BigDecimal.ONE, List.of(), Map.of())));
  }

  @Test
  void members_and_items_come_in_the_order_of_the_text() throws Exception {
    List<String> seen = new ArrayList<>();
    for (JsonMember member : read("{\"b\":[{\"x\":1},2],\"\\u0061\":3}").root().members()) {
      seen.add(member.name() + "=" + new String(member.value().bytes(), UTF_8));
      member.value().items().forEach(item -> seen.add(new String(item.bytes(), UTF_8)));
    }
    assertThat(seen).containsExactly("b=[{\"x\":1},2]", "{\"x\":1}", "2", "a=3");
  }

  @Test
  void a_name_is_found_with_or_without_escapes() throws Exception {
    JsonValue root = read("{\"n\\u0061me\":1,\"é\":2}").root();
    assertThat(root.find("name").orElseThrow().number()).isEqualTo("1");
    assertThat(root.find("é").orElseThrow().number()).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Name", "NAME", "na\u017fe"})
  void a_name_that_differs_in_case_only_is_told(String written) throws Exception {
    String wanted = written.indexOf('\u017f') < 0 ? "name" : "nase";
    assertThat(read("{\"" + written + "\":1}").root().hasLookalike(wanted)).isTrue();
    assertThat(read("{\"" + wanted + "\":1}").root().hasLookalike(wanted)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ENDS_EARLY|``",
        "ENDS_EARLY|` `",
        "ENDS_EARLY|`{`",
        "ENDS_EARLY|`[1,`",
        "ENDS_EARLY|`\"a`",
        "ENDS_EARLY|`\"\\`",
        "ENDS_EARLY|`\"\\u12`",
        "ENDS_EARLY|`tru`",
        "UNEXPECTED|`nul0`",
        "UNEXPECTED|`NaN`",
        "UNEXPECTED|`Infinity`",
        "BAD_NUMBER|`-Infinity`",
        "UNEXPECTED|`+1`",
        "UNEXPECTED|`.5`",
        "UNEXPECTED|`'a'`",
        "UNEXPECTED|`{a:1}`",
        "UNEXPECTED|`{\"a\" 1}`",
        "UNEXPECTED|`{\"a\":1,}`",
        "UNEXPECTED|`[1,]`",
        "UNEXPECTED|`[,1]`",
        "UNEXPECTED|`[1 2]`",
        "UNEXPECTED|`{\"a\":1]`",
        "UNEXPECTED|`[1}`",
        "UNEXPECTED|`/* */1`",
        "UNEXPECTED|`\u00a01`",
        "TRAILING|`1 2`",
        "TRAILING|`{}{}`",
        "TRAILING|`[]]`",
        "BAD_NUMBER|`01`",
        "BAD_NUMBER|`-01`",
        "BAD_NUMBER|`1.`",
        "BAD_NUMBER|`1e`",
        "BAD_NUMBER|`1e+`",
        "BAD_NUMBER|`-`",
        "TRAILING|`0x1`",
        "BAD_ESCAPE|`\"\\x\"`",
        "BAD_ESCAPE|`\"\\u00g0\"`",
        "BAD_ESCAPE|`\"\\U0041\"`",
        "HALF_A_CHARACTER|`\"\\ud800\"`",
        "HALF_A_CHARACTER|`\"\\udc00\"`",
        "HALF_A_CHARACTER|`\"\\ud800\\u0041\"`",
        "HALF_A_CHARACTER|`\"\\ud800x\"`",
        "HALF_A_CHARACTER|`\"\\udc00\\ud800\"`",
        "REPEATED_NAME|`{\"a\":1,\"a\":2}`",
        "REPEATED_NAME|`{\"a\":1,\"\\u0061\":2}`",
        "REPEATED_NAME|`{\"\\u0061\":1,\"b\":2,\"a\":2}`",
        "REPEATED_NAME|`[{\"x\":{\"\":1,\"\":2}}]`",
        "NUMBER_TOO_BIG|`1e308`",
        "NUMBER_TOO_BIG|`1e99999999999999999999`",
        "NUMBER_TOO_BIG|`1e-401`",
        "NUMBER_TOO_BIG|`10000000000000000000000000000000000000000000000000000000000000000`",
      })
  void what_readers_could_disagree_about_is_refused(JsonFault fault, String text) {
    assertThat(fault(text.getBytes(UTF_8), JsonLimits.DEFAULTS)).isEqualTo(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "0.0",
        "1e307",
        "9.99e307",
        "1E+5",
        "1e-400",
        "\"\\u0000\"",
        "\"\\ud83d\\ude00\"",
        "\"\\/\"",
        "\"\u2028\"",
        "\t\r\n []",
        "{\"a\":{\"a\":1}}",
        "{\"a\":1,\"A\":2}"
      })
  void what_is_json_is_read(String text) throws Exception {
    assertThat(read(text).bytes()).isEqualTo(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "C0AF",
        "C1BF",
        "E09F80",
        "EDA080",
        "EDBFBF",
        "F08FBFBF",
        "F4908080",
        "F5808080",
        "FF",
        "C2",
        "E282",
        "F09F98",
        "C220",
        "E28220",
        "FE"
      })
  void what_is_not_utf8_is_refused(String hex) {
    byte[] inside = HexFormat.of().parseHex(hex);
    byte[] text = new byte[inside.length + 2];
    text[0] = '"';
    System.arraycopy(inside, 0, text, 1, inside.length);
    text[text.length - 1] = '"';
    assertThat(fault(text, JsonLimits.DEFAULTS)).isEqualTo(JsonFault.NOT_UTF8);
    assertThat(Utf8.valid(inside, 0, inside.length)).isFalse();
  }

  @Test
  void every_character_is_read_raw_and_escaped() throws Exception {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 0x101) {
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        continue;
      }
      String character = Character.toString(point);
      StringBuilder escaped = new StringBuilder("\"");
      character.chars().forEach(unit -> escaped.append("\\u%04X".formatted(unit)));
      assertThat(read(escaped + "\"").root().text()).isEqualTo(character);
      assertThat(JsonText.read(JsonWriter.bytes(character), JsonLimits.DEFAULTS).root().text())
          .isEqualTo(character);
    }
  }

  @Test
  void control_characters_and_a_byte_order_mark_are_refused() {
    for (int c = 0; c < ' '; c++) {
      byte[] text = {'"', (byte) c, '"'};
      assertThat(fault(text, JsonLimits.DEFAULTS)).isEqualTo(JsonFault.CONTROL_CHARACTER);
    }
    assertThat(fault("\u00ef\u00bb\u00bf{}".getBytes(ISO_8859_1), JsonLimits.DEFAULTS))
        .isEqualTo(JsonFault.BYTE_ORDER_MARK);
  }

  @Test
  void a_name_that_stands_twice_among_many_is_found() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 5_000; i++) {
      text.append("\"n").append(i).append("\":0,");
    }
    text.append("\"n\\u0037\":0}");
    assertThat(fault(text.toString().getBytes(UTF_8), JsonLimits.DEFAULTS))
        .isEqualTo(JsonFault.REPEATED_NAME);
  }

  @Test
  void every_limit_holds_at_its_value_and_not_beyond() throws Exception {
    JsonLimits limits = new JsonLimits(20, 3, 5, 4);
    assertThat(JsonText.read("[[[1,2]]]".getBytes(UTF_8), limits).root().size()).isEqualTo(1);
    assertThat(fault("[[[[]]]]".getBytes(UTF_8), limits)).isEqualTo(JsonFault.TOO_DEEP);
    assertThat(fault("[1,2,3,4,5]".getBytes(UTF_8), limits)).isEqualTo(JsonFault.TOO_MANY_VALUES);
    assertThat(JsonText.read("[1,2,3,4]".getBytes(UTF_8), limits).root().size()).isEqualTo(4);
    assertThat(fault("12345".getBytes(UTF_8), limits)).isEqualTo(JsonFault.NUMBER_TOO_BIG);
    assertThat(JsonText.read("-123".getBytes(UTF_8), limits).root().number()).isEqualTo("-123");
    assertThat(fault(new byte[21], limits)).isEqualTo(JsonFault.TOO_MANY_BYTES);
    assertThatThrownBy(() -> new JsonLimits(1, JsonLimits.MAX_DEPTH + 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void depth_is_not_the_stacks() {
    byte[] text = new byte[8_000_000];
    Arrays.fill(text, (byte) '[');
    assertThat(fault(text, JsonLimits.DEFAULTS)).isEqualTo(JsonFault.TOO_DEEP);
  }

  @Test
  void a_buffer_is_copied_and_left_as_it_was() throws Exception {
    ByteBuf buffer = Unpooled.copiedBuffer("x[1]y", UTF_8).setIndex(1, 4);
    JsonText text = JsonText.read(buffer, JsonLimits.DEFAULTS);
    buffer.setByte(2, '2');
    assertThat(text.root().items().iterator().next().number()).isEqualTo("1");
    assertThat(buffer.readerIndex()).isEqualTo(1);
    assertThat(buffer.release()).isTrue();
  }

  @Test
  void nothing_of_the_content_is_in_messages() throws Exception {
    JsonText text = read("{\"ssn\":\"078-05-1120\"}");
    assertThat(text + " " + text.root() + text.root().members().iterator().next())
        .doesNotContain("ssn")
        .doesNotContain("078");
    assertThatThrownBy(() -> read("{\"ssn\":078}"))
        .hasMessage("a number that JSON does not know, at byte 7");
  }

  private static Map<String, @Nullable Object> mapWithNull(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> map = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return map;
  }
}

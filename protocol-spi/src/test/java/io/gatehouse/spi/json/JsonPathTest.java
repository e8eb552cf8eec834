package io.gatehouse.spi.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathTest {
  private static final String TEXT =
      """
      {"a":{"b":1,"x.y":2,"":3},"c":[{"b":4},[5,{"b":6}]],"b":7}\
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.b|1",
        "`a[\"x.y\"]`|2",
        "`a[\"\\u0078.y\"]`|2",
        "`a[\"\"]`|3",
        "`[\"b\"]`|7",
        "c[0].b|4",
        "c[*].b|4",
        "c[1][0]|5",
        "c[2]|``",
        "a.*|1 2 3",
        "*.b|1",
        "**.b|1 4 6 7",
        "**.**.b|1 4 6 7",
        "c.**.b|4 6",
        "c[*].**.b|4 6",
        "c[*][*]|5 {\"b\":6}",
        "a[*]|``",
        "c.*|``",
        "A|``",
        "b.b|``"
      })
  void places_are_found_in_the_order_of_the_text(String path, String values) throws Exception {
    JsonText text = JsonText.read(TEXT.getBytes(UTF_8), JsonLimits.DEFAULTS);
    JsonPath parsed = JsonPath.parse(path);
    assertThat(
            parsed.select(text.root()).stream()
                .map(value -> new String(value.bytes(), UTF_8))
                .collect(Collectors.joining(" ")))
        .isEqualTo(values);
    assertThat(parsed).hasToString(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "a[",
        "a[]",
        "a[x]",
        "a[-1]",
        "a[1",
        "a]",
        "a b",
        "a[\"b]",
        "a[\"b\"",
        "***",
        "a*",
        "a[12345678]",
        "a[\"\\x\"]",
        "a[\"b\\\"]",
        "a\"b"
      })
  void what_is_no_path_is_refused(String path) {
    assertThatThrownBy(() -> JsonPath.parse(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at character");
  }

  @Test
  void many_stars_over_a_deep_text_end() throws Exception {
    String deep = "[".repeat(60) + "]".repeat(60);
    JsonText text = JsonText.read(deep.getBytes(UTF_8), JsonLimits.DEFAULTS);
    assertThat(JsonPath.parse("**" + ".**".repeat(60)).select(text.root())).hasSize(60);
    assertThatThrownBy(() -> JsonPath.parse("a" + ".a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.gatehouse.spi.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEditTest {

  private static JsonText read(String text) throws MalformedJsonException {
    return JsonText.read(text.getBytes(UTF_8), JsonLimits.DEFAULTS);
  }

  private static String done(JsonEdit edit) {
    return new String(edit.bytes(), UTF_8);
  }

  @Test
  void what_is_not_replaced_stays_byte_by_byte() throws Exception {
    JsonText text = read(" { \"a\" : \"x\\u0041\" , \"b\":1.0e0,\"c\" :[ null ,true]}\n");
    JsonEdit edit = new JsonEdit(text);
    assertThat(edit.bytes()).isSameAs(text.bytes());
    edit.text(text.root().find("a").orElseThrow(), "é\"\\\n\u0001/");
    edit.number(text.root().find("b").orElseThrow(), new BigDecimal("2.50"));
    JsonPath.parse("c[1]").select(text.root()).forEach(edit::nothing);
    assertThat(done(edit))
        .isEqualTo(" { \"a\" : \"é\\\"\\\\\\n\\u0001/\" , \"b\":2.50,\"c\" :[ null ,null]}\n");
  }

  @Test
  void the_last_word_counts_and_the_outer_more_than_the_inner() throws Exception {
    JsonText text = read("{\"a\":{\"b\":1},\"c\":2}");
    JsonValue a = text.root().find("a").orElseThrow();
    JsonEdit edit = new JsonEdit(text);
    edit.text(a, "first");
    edit.nothing(a.find("b").orElseThrow());
    edit.text(a, "last");
    assertThat(done(edit)).isEqualTo("{\"a\":\"last\",\"c\":2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{ \"a\":1, \"b\":2 , \"c\":3 }`|a|`{ \"b\":2 , \"c\":3 }`",
        "`{ \"a\":1, \"b\":2 , \"c\":3 }`|b|`{ \"a\":1, \"c\":3 }`",
        "`{ \"a\":1, \"b\":2 , \"c\":3 }`|c|`{ \"a\":1, \"b\":2 }`",
        "`{ \"a\":1, \"b\":2 , \"c\":3 }`|*|`{  }`",
        "`[1,2,3]`|[*]|`[]`",
        "`[1,2,3]`|[0]|`[2,3]`",
        "`[1,2,3]`|[2]|`[1,2]`",
        "`{\"a\":[{\"b\":1}]}`|a[0].b|`{\"a\":[{}]}`",
        "`{\"a\":[{\"b\":1},7]}`|**.b|`{\"a\":[{},7]}`",
        "`[{\"b\":1},{\"b\":2},3]`|[*].b|`[{},{},3]`",
      })
  void members_and_items_are_taken_out(String before, String path, String after) throws Exception {
    JsonText text = read(before);
    JsonEdit edit = new JsonEdit(text);
    JsonPath.parse(path).select(text.root()).forEach(edit::remove);
    assertThat(done(edit)).isEqualTo(after);
  }

  @Test
  void removals_and_replacements_side_by_side() throws Exception {
    JsonText text = read("[1,2,[3,4],5,6]");
    List<JsonValue> items = JsonPath.parse("[*]").select(text.root());
    JsonEdit edit = new JsonEdit(text);
    edit.text(items.get(0), "x");
    edit.remove(items.get(1));
    edit.nothing(JsonPath.parse("[0]").select(items.get(2)).getFirst());
    edit.plain(items.get(3), Map.of("k", Arrays.asList(1, 2L, true, null)));
    edit.remove(items.get(4));
    assertThat(done(edit)).isEqualTo("[\"x\",[null,4],{\"k\":[1,2,true,null]}]");
  }

  @Test
  void json_in_a_string_is_changed_inside_it() throws Exception {
    JsonText text = read("{\"text\":\"{\\\"ssn\\\":\\\"078\\\", \\\"n\\\":\\\"\\u00e9\\\"}\"}");
    JsonValue string = text.root().find("text").orElseThrow();
    JsonText inner = read(string.text());
    JsonEdit inside = new JsonEdit(inner);
    JsonEdit edit = new JsonEdit(text);
    edit.nested(string, inside);
    assertThat(edit.bytes()).isSameAs(text.bytes());
    inside.text(inner.root().find("ssn").orElseThrow(), "*");
    edit.nested(string, inside);
    JsonText after = JsonText.read(edit.bytes(), JsonLimits.DEFAULTS);
    assertThat(after.root().find("text").orElseThrow().text())
        .isEqualTo("{\"ssn\":\"*\", \"n\":\"é\"}");
  }

  @Test
  void a_value_of_another_text_is_refused() throws Exception {
    JsonEdit edit = new JsonEdit(read("1"));
    JsonValue other = read("1").root();
    assertThatThrownBy(() -> edit.nothing(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> edit.remove(other)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_value_is_written_as_it_stood_elsewhere() throws Exception {
    JsonValue id = read("[ 1.0 ]").root().items().iterator().next();
    assertThat(new String(JsonWriter.bytes(Map.of("id", id)), UTF_8)).isEqualTo("{\"id\":1.0}");
    assertThatThrownBy(() -> JsonWriter.bytes(1.5)).isInstanceOf(IllegalArgumentException.class);
  }
}

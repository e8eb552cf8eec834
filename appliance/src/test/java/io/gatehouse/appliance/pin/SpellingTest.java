package io.gatehouse.appliance.pin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.login.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static String spelled(String item) {
    return Items.definition(item).text().replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'b':1,'name':'t','a':[]} | {'a':[],'b':1,'name':'t'}",
        "{'name':'t', 'x' : {'z':null, 'y':true}} | {'name':'t','x':{'y':true,'z':null}}",
        "{'name':'\\u0074'} | {'name':'t'}",
        "{'n\\u0061me':'t','d':'\\u00e9\\/'} | {'d':'é/','name':'t'}",
        "{'name':'t','n':[1,1.0,10e-1,1e0]} | {'n':[1,1,1,1],'name':'t'}",
        "{'name':'t','n':[100,1e2,-0,0.0,1.50]} | {'n':[100,100,0,0,1.5],'name':'t'}",
        "{'name':'t','n':[1e40,0.25e-30]} | {'n':[1E+40,2.5E-31],'name':'t'}",
        "{'name':'t','_meta':{'a':1}} | {'name':'t'}",
        "{'name':'t','_Meta':1,'s':{'_meta':2}} | {'_Meta':1,'name':'t','s':{'_meta':2}}",
        "{'name':'t','list':[2,1]} | {'list':[2,1],'name':'t'}"
      })
  void item_hasOneSpelling(String item, String expected) {
    assertThat(spelled(item)).isEqualTo(expected);
    assertThat(spelled(expected)).as("spelled again").isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'name':'t','d':'a'} | {'name':'t','d':'A'}",
        "{'name':'t','d':'a'} | {'name':'t','d':'a '}",
        "{'name':'t','d':'a'} | {'name':'t','d':'a\\u200b'}",
        "{'name':'t','d':'é'} | {'name':'t','d':'e\\u0301'}",
        "{'name':'t','d':'1'} | {'name':'t','d':1}",
        "{'name':'t','d':null} | {'name':'t'}",
        "{'name':'t','d':[1,2]} | {'name':'t','d':[2,1]}",
        "{'name':'t','d':'a'} | {'name':'t','D':'a'}",
        "{'name':'t','n':0.1} | {'name':'t','n':0.10000000000000000001}",
        "{'name':'t','annotations':{'readOnlyHint':true}} | {'name':'t'}"
      })
  void whatMeansSomethingElse_isAnotherDefinition(String one, String two) {
    assertThat(Items.definition(one).digest()).isNotEqualTo(Items.definition(two).digest());
  }

  @Test
  void digest_isOfTheText() {
    byte[] text = "{\"name\":\"t\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(Items.definition("{ 'name' : 't' }").digest())
        .isEqualTo(HexFormat.of().formatHex(Sha256.digest(text)));
  }

  @Test
  void longItem_hasNone() {
    String fits = "{'name':'t','d':'%s'}".formatted("x".repeat(Spelling.MOST_BYTES - 19));
    assertThat(Spelling.of(Items.key("t"), Items.json(fits))).isPresent();
    assertThat(Spelling.of(Items.key("t"), Items.json(fits.replace("'d'", "'dd'")))).isEmpty();
  }

  @Test
  void controlCharacters_areEscaped_soThatEveryStoreTakesThem() {
    assertThat(Items.definition("{'name':'t','d':'a\\u0000\\u001b[2J'}").text())
        .contains("\\u0000")
        .doesNotContain("\u0000", "\u001b");
  }
}

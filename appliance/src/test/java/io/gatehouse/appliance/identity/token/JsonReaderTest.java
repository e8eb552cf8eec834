package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read as RFC 8259 says, and where it leaves a choice, refused. */
final class JsonReaderTest {
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 2_000_000 : 40_000;

  private static Json.Members read(String json) throws UnreadableJsonException {
    return JsonReader.object(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyKindOfValue_isRead() throws Exception {
    Json.Members read =
        read(
            " {\"t\":\"a\\\"\\\\\\/\\b\\f\\n"
                + "\\r"
                + "\\t\\u00e9\\ud83d\\ude00\", \"n\":-1.5e2,\n"
                + "\"y\":true,\"f\":false,\"z\":null,\"l\":[1,[],{}],\"o\":{\"\":0}} \t");

    assertThat(read.byName())
        .containsEntry("t", new Json.Text("a\"\\/\b\f\n\r\t\u00e9\ud83d\ude00"))
        .containsEntry("n", new Json.Numeric(-150))
        .containsEntry("y", new Json.Truth(true))
        .containsEntry("f", new Json.Truth(false))
        .containsEntry("z", new Json.Null())
        .containsEntry(
            "l",
            new Json.Items(
                List.of(
                    new Json.Numeric(1), new Json.Items(List.of()), new Json.Members(Map.of()))))
        .containsEntry("o", new Json.Members(Map.of("", new Json.Numeric(0))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "{}x",
        "{} {}",
        "[]",
        "\"a\"",
        "1",
        "null",
        "{a:1}",
        "{'a':1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":0x1}",
        "{\"a\":NaN}",
        "{\"a\":-}",
        "{\"a\":Infinity}",
        "{\"a\":True}",
        "{\"a\":nul}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\ude00\\ud83d\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":1e400}",
        "{\"a\":111111111111111111111111111111111}",
        "{\"a\":1}\u0000",
        "\ufeff{}",
        "{/**/}",
        "{\"a\":1}//",
        "{\"a\u0661\":\u0661}",
        "\u00a0{}",
        "{\"\\ud800\":1}",
      })
  void whatIsNoJson_isRefused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            UnreadableJsonException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(UnreadableJsonException.Problem.NOT_JSON);
              assertThat(e.getStackTrace()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":1}",
        "{\"x\":[{\"a\":1,\"a\":1}]}",
        "{\"a\":null,\"a\":null}",
      })
  void nameTwice_isRefused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            UnreadableJsonException.class,
            e -> assertThat(e.problem()).isEqualTo(UnreadableJsonException.Problem.REPEATED_NAME));
  }

  @Test
  void depthAndCount_areLimited() throws Exception {
    int inner = JsonReader.MAX_DEPTH - 1;
    assertThat(read("{\"a\":" + "[".repeat(inner) + "]".repeat(inner) + "}").byName()).hasSize(1);
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(inner + 1) + "]".repeat(inner + 1) + "}"))
        .hasMessage("TOO_BIG");

    int more = JsonReader.MAX_VALUES - 3;
    assertThat(read("{\"a\":[" + "1,".repeat(more) + "1]}").byName()).hasSize(1);
    assertThatThrownBy(() -> read("{\"a\":[" + "1,".repeat(more + 1) + "1]}"))
        .hasMessage("TOO_BIG");
  }

  @Test
  void bytesThatAreNoUtf8_areRefused() {
    for (int lone : new int[] {0x80, 0xc0, 0xed, 0xff}) {
      byte[] bytes = "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8);
      bytes[6] = (byte) lone;
      assertThatThrownBy(() -> JsonReader.object(bytes)).hasMessage("NOT_JSON");
    }
  }

  /** What is read, another reader of JSON reads too; and nothing else than refusals comes out. */
  @Test
  void mutatedText_isReadOrRefusedAndNeverReadAlone() {
    String sound =
        "{\"iss\":\"https://a.b/c\",\"aud\":[\"x\",\"y\"],\"exp\":1700000000,\"act\":{\"sub\":\"z\\n"
            + "\"},\"t\":true,\"f\":1.5e3}";
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String mutated = mutated(sound, random);
      try {
        Json.Members members = read(mutated);
        read++;
        assertThat(JSONObjectUtils.parse(mutated).keySet())
            .as("seed %d, round %d: %s", seed, i, mutated)
            .isEqualTo(members.byName().keySet());
      } catch (UnreadableJsonException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).isNotEmpty();
      } catch (ParseException e) {
        throw new AssertionError("seed " + seed + ": only read here: " + mutated, e);
      }
    }
    assertThat(read).as("seed %d", seed).isGreaterThan(ROUNDS / 100);
  }

  private static String mutated(String sound, Random random) {
    StringBuilder text = new StringBuilder(sound);
    String alphabet = "{}[]\",:\\ue01nt .-+\u00e9";
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
        default -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
    }
    return text.toString();
  }
}

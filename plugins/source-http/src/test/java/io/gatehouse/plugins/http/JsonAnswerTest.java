package io.gatehouse.plugins.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read as it is, or refused; nothing else happens whatever the bytes. */
final class JsonAnswerTest {
  private static final String LEASED =
      """
      {"request_id":"de80ed88-07dd-75e0-5059-ac18b544b4aa","lease_id":\
      "database/creds/owner/ggnKPhDTxYOlQgfPIAm29mhv","renewable":true,"lease_duration":60,"data":\
      {"password":"n-Hx0-recorded","username":"v-token-owner-vcrjAK4Kqx6qmP67iLo2-1795343413"},\
      "wrap_info":null,"warnings":null,"auth":null,"mount_type":"database"}
      """;

  private static JsonAnswer read(String json) throws SecretUnavailableException {
    return JsonAnswer.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String secret(String literal) throws SecretUnavailableException {
    try (JsonAnswer answer = read("{\"a\":" + literal + "}")) {
      return new String(answer.secret("a"), StandardCharsets.UTF_8);
    }
  }

  @Test
  void escapes_areTakenBack() throws Exception {
    assertThat(secret("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\ud83d\\ude00 é\""))
        .isEqualTo("\"\\/\b\f\n\r\tA\u00e9\ud83d\ude00 é");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "{", "{}x", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}", "{\"a\":01}", "{\"a\":+1}",
        "{\"a\":truth}", "{\"a\":\"\t\"}", "{\"a\"}", "[1,]", "[1 2]", "nul", "\"", "{\"\\x\":1}",
        "{\"a\":\"\\"
      })
  void whatIsNotJson_isRefused(String json) {
    assertThatThrownBy(() -> read(json).close()).isInstanceOf(SecretUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\ude00\"",
        "\"\\ud800\\u0041\"",
        "\"\\u12\"",
        "\"\\u00g0\"",
        "7"
      })
  void whatIsNoText_isRefusedWhenItIsAskedFor(String literal) {
    assertThatThrownBy(() -> secret(literal)).isInstanceOf(SecretUnavailableException.class);
  }

  @Test
  void whatIsThere_isToldFromWhatIsNot() throws Exception {
    try (JsonAnswer answer = read("{\"a\":null,\"b\":1.0,\"c\":-7}")) {
      assertThat(answer.has("a")).isTrue();
      assertThat(answer.has("b")).isTrue();
      assertThat(answer.whole("b")).isEmpty();
      assertThat(answer.whole("c")).contains(-7L);
      assertThat(answer.has("d")).isFalse();
      assertThat(answer.has("a", "d")).isFalse();
    }
  }

  @Test
  void deepNesting_isRefused() {
    assertThatThrownBy(() -> read("[".repeat(1_000_000)))
        .isInstanceOf(SecretUnavailableException.class);
  }

  @Test
  void closedAnswer_isWiped() throws Exception {
    byte[] json = "{\"a\":\"secret\"}".getBytes(StandardCharsets.UTF_8);
    JsonAnswer.read(json).close();
    assertThat(json).containsOnly(0);
  }

  /** By a fixed seed: each cut, and many bytes changed. */
  @Test
  void everyCutAndManyChanges_areReadOrRefused() {
    byte[] whole = LEASED.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut < whole.length; cut++) {
      total(Arrays.copyOf(whole, cut));
    }
    Random random = new Random(77);
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = whole.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      total(changed);
    }
  }

  private static void total(byte[] json) {
    String input = new String(json, StandardCharsets.ISO_8859_1);
    assertThatCode(
            () -> {
              try (JsonAnswer answer = JsonAnswer.read(json.clone())) {
                answer.secret("data", "password");
              } catch (SecretUnavailableException expected) {
                assertThat(expected).hasMessageNotContaining("recorded");
              }
            })
        .as(input)
        .doesNotThrowAnyException();
  }
}

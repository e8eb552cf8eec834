package io.gatehouse.plugins.vault;

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
final class VaultAnswerTest {
  private static VaultAnswer read(String json) throws SecretUnavailableException {
    return VaultAnswer.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String secret(String literal) throws SecretUnavailableException {
    try (VaultAnswer answer = read("{\"a\":" + literal + "}")) {
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
  void deepNesting_isRefused() {
    assertThatThrownBy(() -> read("[".repeat(1_000_000)))
        .isInstanceOf(SecretUnavailableException.class);
  }

  @Test
  void closedAnswer_isWiped() throws Exception {
    byte[] json = "{\"a\":\"secret\"}".getBytes(StandardCharsets.UTF_8);
    VaultAnswer.read(json).close();
    assertThat(json).containsOnly(0);
  }

  /** By a fixed seed: each cut, and many bytes changed. */
  @Test
  void everyCutAndManyChanges_areReadOrRefused() {
    byte[] whole = RecordedVault.DYNAMIC.getBytes(StandardCharsets.UTF_8);
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
              try (VaultAnswer answer = VaultAnswer.read(json.clone())) {
                answer.secret("data", "password");
              } catch (SecretUnavailableException expected) {
                assertThat(expected).hasMessageNotContaining("recorded");
              }
            })
        .as(input)
        .doesNotThrowAnyException();
  }
}

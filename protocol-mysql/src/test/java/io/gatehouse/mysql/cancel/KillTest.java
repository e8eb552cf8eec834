package io.gatehouse.mysql.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KillTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "KILL 7, true, 7",
    "KILL QUERY 7, false, 7",
    "kill query 7, false, 7",
    "'  Kill\n\tconnection\r\n4294967295 ; ', true, -1",
    "KILL QUERY 0, false, 0",
    "KILL 4294967296, true, 0",
    "KILL 00000000007, true, 0",
    "KILL 99999999999999999999, true, 0",
  })
  void numberOfAGreeting_isRead(String text, boolean connection, int number) {
    assertThat(Kill.of(bytes(text)))
        .hasValueSatisfying(
            kill -> {
              assertThat(kill.connection()).isEqualTo(connection);
              assertThat(kill.connectionId()).isEqualTo(number);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "KILL",
        "KILL QUERY",
        "KILL7",
        "KILL QUERY7",
        "KILL -7",
        "KILL 7.0",
        "KILL 0x7",
        "KILL (7)",
        "KILL 7 + 0",
        "KILL @mine",
        "KILL ID 7",
        "KILL HARD 7",
        "KILL USER ann",
        "KILL 7; SELECT 1",
        "KILL 7;;",
        "KILL /* */ 7",
        "KILL 7 -- it",
        "KILL 999999999999999999999",
        "KILL\u00A07",
        "\u212AILL 7",
        "KILL \u0667",
        "SELECT 1",
      })
  void whatIsWrittenOtherwise_isAStatementLikeOthers(String text) {
    assertThat(Kill.of(bytes(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {127, 128, 129, 100_000})
  void longText_isNotLookedAt(int length) {
    byte[] text = bytes("KILL " + " ".repeat(length - 6) + "7");
    assertThat(Kill.of(text).isPresent()).isEqualTo(length <= 128);
  }
}

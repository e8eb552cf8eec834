package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found without knowing any value. */
class MarkersTest {
  private final Markers markers = Markers.tokens();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xSECRET-0001",
        "secret.0001@mail.example",
        "1000-TERCES",
        "\\x5345435245542d30",
        "5345435245542D30",
        "a Hidden one"
      })
  void bytes_with_a_token_are_found(String text) {
    assertThat(markers.in(text.getBytes(UTF_8))).isNotEmpty();
  }

  @Test
  void base64_with_a_token_is_found_wherever_it_stands() {
    for (int before = 0; before < 4; before++) {
      byte[] text = ("x".repeat(before) + "SECRET-0001").getBytes(UTF_8);
      assertThat(markers.in(Base64.getEncoder().encode(text))).isNotEmpty();
    }
  }

  @Test
  void wide_characters_with_a_token_are_found() {
    assertThat(markers.in("SECRET-0001".getBytes(UTF_16BE))).isNotEmpty();
  }

  @Test
  void ends_of_the_bytes_are_looked_at() {
    assertThat(markers.in("SECRET".getBytes(UTF_8))).isNotEmpty();
    assertThat(markers.in("SECRE".getBytes(UTF_8))).isEmpty();
    assertThat(markers.in(new byte[0])).isEmpty();
  }

  @Test
  void random_bytes_hold_none() {
    byte[] bytes = new byte[1 << 22];
    new SplittableRandom(1).nextBytes(bytes);
    assertThat(markers.in(bytes)).isEmpty();
  }
}

package io.gatehouse.appliance.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sound responses that somebody cuts, doubles and swaps: nobody else comes of it. */
class ScrambledResponsesTest {
  private static final int TRIES = 3_000;

  private static final List<String> WORDS =
      List.of(
          "<",
          ">",
          "\"",
          "&",
          "mallory",
          "<!--",
          "-->",
          "erika",
          "ID=\"_a1\"",
          "xmlns=\"\"",
          "<saml:Assertion>",
          "</saml:Assertion>",
          "saml:",
          "\u0000",
          "&#10;",
          "ds:",
          " ",
          "_r1");

  @Test
  void scrambledResponse_isRefused_orStillAboutTheSamePerson() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < TRIES; i++) {
      SamlScene scene = new SamlScene();
      String response = random.nextBoolean() ? scene.signed() : scene.signedTwice();
      SamlAnswer answer = scene.answer(scrambled(response, random));
      switch (answer) {
        case SamlAnswer.Accepted sound -> {
          accepted++;
          assertThat(sound.identity().subject()).as("seed " + seed).isEqualTo("erika");
          assertThat(sound.identity().groups()).as("seed " + seed).isEqualTo(Set.of("analysts"));
        }
        case SamlAnswer.Refused refused ->
            assertThat(refused.reason()).as("seed " + seed).isNotEqualTo(SamlRefusal.FAILED);
      }
    }
    System.out.println(accepted + " of " + TRIES + " scrambled responses are still sound");
    assertThat(accepted).as("seed " + seed).isLessThan(TRIES);
  }

  private static String scrambled(String response, Random random) {
    StringBuilder text = new StringBuilder(response);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      int length = Math.min(random.nextInt(60), text.length() - at);
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, at + length);
        case 1 -> text.insert(random.nextInt(text.length()), text.substring(at, at + length));
        case 2 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
        default -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
      }
    }
    return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}

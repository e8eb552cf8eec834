package io.gatehouse.appliance.identity.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about SAML names every reason, in the words of the code, and no other. */
final class SamlDocsTest {
  private static List<String> page() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "saml.md"));
  }

  @Test
  void reasonsOfThePage_areThoseOfTheCode() throws IOException {
    assertThat(
            page().stream()
                .dropWhile(line -> !line.equals("## Reasons"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `")))
        .containsExactlyElementsOf(
            Arrays.stream(SamlRefusal.values())
                .map(reason -> "| `" + reason.code() + "` | " + reason.meaning() + " |")
                .toList());
  }

  @Test
  void everyReasonButTheGatesOwn_isTried() {
    Set<SamlRefusal> tried =
        HostileResponsesTest.attacks().map(Attack::reason).collect(Collectors.toSet());
    assertThat(tried)
        .containsAll(
            Arrays.stream(SamlRefusal.values())
                .filter(
                    reason ->
                        !Set.of(
                                SamlRefusal.REPLAYED,
                                SamlRefusal.REPLAY_MEMORY_FULL,
                                SamlRefusal.BUSY,
                                SamlRefusal.FAILED)
                            .contains(reason))
                .toList());
  }
}

package io.gatehouse.appliance.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page about identity names every reason, in the words of the code, and no other. */
final class IdentityDocsTest {

  @Test
  void reasonsOfThePage_areThoseOfTheCode() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "identity.md")).stream()
            .dropWhile(line -> !line.equals("### Reasons"))
            .takeWhile(line -> !line.equals("### Why so"))
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(TokenRefusal.values())
                .map(reason -> "| `" + reason.code() + "` | " + reason.meaning() + " |")
                .toList());
  }
}

package io.gatehouse.appliance.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Honest questions about protected columns: how many are answered, and what the answers show. */
class MaskedAnalystsIT {
  private static BankServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"output, 90", "strict, 75"})
  void honestQuestions_areAnsweredWithoutProtectedValues(String strength, int percent)
      throws Exception {
    List<String> refused = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    Markers markers = Markers.of(server.direct("bank"));
    int asked = 0;
    try (GatedBank gate =
        GatedBank.start(folder, server, List.of("bank"), GatedBank.policy(strength))) {
      for (AnalystQuery query : AnalystQueries.all()) {
        asked++;
        try (TappedClient client = TappedClient.connect(gate.login("bank"))) {
          List<Answer> answers = query.ask(client, Format.TEXT);
          Optional<String> error =
              answers.stream().flatMap(answer -> answer.error().stream()).findFirst();
          error.ifPresent(text -> refused.add(query.name() + ": " + text));
          if (!markers.in(client.tap()).isEmpty()) {
            shown.add(query.name());
          }
        }
      }
    }
    assertThat(shown).isEmpty();
    assertThat(refused).as("each says what to change").allMatch(text -> text.contains("42501"));
    assertThat(100.0 * (asked - refused.size()) / asked)
        .as("answered of %d, all but %s", asked, refused)
        .isGreaterThanOrEqualTo(percent);
  }
}

package io.gatehouse.appliance.sql.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private static final List<Said> STATEMENTS = Statements.all();

  /** From here the script {@code src/test/sh/sql/grammar} takes what it asks the grammar. */
  @BeforeAll
  static void statements_are_left_for_the_grammar() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "sql"));
    Base64.Encoder base64 = Base64.getEncoder();
    Files.writeString(
        folder.resolve("statements.tsv"),
        STATEMENTS.stream()
            .map(said -> said.id() + "\t" + base64.encodeToString(utf8(said.sql())) + "\n")
            .collect(Collectors.joining()));
  }

  @Test
  void statements_of_all_sources_together_are_enough_and_each_has_its_own_id() {
    assertThat(STATEMENTS).hasSizeGreaterThan(5_000);
    assertThat(STATEMENTS.stream().map(Said::id)).doesNotHaveDuplicates();
  }

  @Test
  void statements_made_twice_are_the_same() {
    assertThat(Statements.all()).isEqualTo(STATEMENTS);
  }

  @Test
  void recording_read_is_of_these_statements() {
    Map<String, String> digests = new LinkedHashMap<>();
    STATEMENTS.forEach(said -> digests.put(said.id(), digest(said.sql())));
    Map<String, String> recorded = new LinkedHashMap<>();
    Recorded.all().values().forEach(one -> recorded.put(one.id(), one.digest()));
    assertThat(recorded)
        .as("what the grammar said; where the statements changed: src/test/sh/sql/grammar record")
        .isEqualTo(digests);
  }

  @Test
  void recording_read_has_tokens_and_statements_inside_the_text() {
    Map<String, Recorded> recorded = Recorded.all();
    for (Said said : STATEMENTS) {
      Recorded one = recorded.get(said.id());
      int bytes = utf8(said.sql()).length;
      assertThat(one).as(said.id()).isNotNull();
      assertThat(one.tokens().orElse(List.of()))
          .allSatisfy(token -> assertThat(token.end()).isBetween(token.start(), bytes));
      assertThat(one.statements())
          .allSatisfy(statement -> assertThat(statement.end()).isBetween(statement.start(), bytes));
    }
  }

  /** Only that a client says it once, and only as far as the server's version goes. */
  @Test
  void corpus_recorded_is_accepted_by_the_grammar() {
    Map<String, Recorded> recorded = Recorded.all();
    assertThat(Corpus.harmless())
        .filteredOn(said -> recorded.containsKey(said.id()) && !recorded.get(said.id()).accepted())
        .extracting(Said::id)
        .isEmpty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(String text) {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(utf8(text));
      return HexFormat.of().formatHex(all, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

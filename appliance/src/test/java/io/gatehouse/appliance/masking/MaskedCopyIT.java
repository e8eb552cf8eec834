package io.gatehouse.appliance.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What COPY gives through the gate is, byte for byte, what it gives directly of a query with NULL
 * in the place of what is protected.
 */
class MaskedCopyIT {
  private static final String POLICY =
      """
      rules:
        - {name: all, verdict: allow}
        - name: protected
          resources: {columns: [bank.awkward.secret]}
          verdict: mask
          strength: output
      """;

  @TempDir private static Path folder;
  private static BankServer server;
  private static GatedBank gate;

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run(
        "bank",
        """
        CREATE TABLE bank.awkward (id int, before text, secret text, after text);
        INSERT INTO bank.awkward
          SELECT n, v, v, v FROM unnest(ARRAY[NULL, '', ' ', E'\\t', E'\\n', E'\\r\\n', E'\\\\', E'\\\\N',
            E'a\\tb\\nc', '"', '""', ',', ';', '|', '''', E'\\\\.', 'NULL', 'NIL', 'é€😀', E'x\\\\', repeat('long', 30000)])
            WITH ORDINALITY AS u(v, n);
        GRANT SELECT ON bank.awkward TO analyst
        """);
    gate = GatedBank.start(folder, server, List.of("bank"), POLICY);
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(FORMAT text)",
        "(DELIMITER '|')",
        "(DELIMITER ',', NULL 'NIL')",
        "(NULL '')",
        "(HEADER)",
        "(FORMAT csv)",
        "CSV HEADER",
        "WITH DELIMITER ';' CSV QUOTE '''' ESCAPE '\\'",
        "(FORMAT csv, HEADER true, FORCE_QUOTE *)",
        "(FORMAT csv, NULL 'NULL', DELIMITER E'\\t')",
        "(FORMAT csv, QUOTE '|', ESCAPE ';', DELIMITER ',')",
        "(FORMAT binary)",
        "BINARY",
        "(ENCODING 'UTF8')",
      })
  void copyOfTableAndQuery_hasNullForWhatIsProtected(String options) throws Exception {
    String masked =
        "COPY (SELECT id, before, NULL::text AS secret, after FROM bank.awkward ORDER BY id)"
            + " TO STDOUT "
            + options;
    try (TappedClient direct = TappedClient.connect(server.login("bank"));
        TappedClient gated = TappedClient.connect(gate.login("bank"))) {
      byte[] expected = data(direct.query(masked));
      assertThat(expected.length).isGreaterThan(240_000);
      assertThat(data(gated.query("COPY bank.awkward TO STDOUT " + options))).isEqualTo(expected);
      assertThat(
              data(
                  gated.extended(
                      "COPY (SELECT * FROM bank.awkward ORDER BY id) TO STDOUT " + options,
                      List.of(),
                      Format.TEXT)))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(ENCODING 'LATIN1')", "(DELIMITER 'é')", "(FORMAT parquet)"})
  void copyInAWayThatIsNotKnown_isRefused(String options) throws Exception {
    try (TappedClient gated = TappedClient.connect(gate.login("bank"))) {
      Answer answer = gated.query("COPY bank.awkward TO STDOUT " + options);
      assertThat(answer.error()).hasValueSatisfying(error -> assertThat(error).startsWith("42501"));
      assertThat(answer.of('d')).isEmpty();
      assertThat(gated.query("SELECT 1").error()).isEmpty();
    }
  }

  private static byte[] data(Answer answer) {
    assertThat(answer.error()).isEmpty();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    answer.of('d').forEach(message -> all.writeBytes(message.body()));
    return all.toByteArray();
  }
}

package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What COPY gives through the gate is, byte for byte, what the server itself gives of a table that
 * holds what SELECT gives through the gate.
 */
class MaskedCopyIT {
  private static final String POLICY =
      """
      masks:
        awkward: {kind: constant, value: "a,b|\\"c\\\\t'd\\te\\nf;é\\\\N\\r", keep-null: true}
        gone: {kind: "null"}
        last: {kind: keep-last, count: 4}
        first: {kind: keep-first, count: 3}
      rules:
        - {name: all, verdict: allow}
        - {name: whole, resources: {columns: [bank.awkward.redacted]}, verdict: mask, strength: output}
        - {name: fixed, resources: {columns: [bank.awkward.fixed]}, verdict: mask, mask: awkward, strength: output}
        - {name: gone, resources: {columns: [bank.awkward.gone]}, verdict: mask, mask: gone, strength: output}
        - {name: last, resources: {columns: [bank.awkward.last]}, verdict: mask, mask: last, strength: output}
        - {name: first, resources: {columns: [bank.awkward.first]}, verdict: mask, mask: first, strength: output}
      """;

  private static final String COLUMNS = "before, redacted, fixed, gone, last, first, after";

  @TempDir private static Path folder;
  private static BankServer server;
  private static GatedBank gate;

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run(
        "bank",
        """
        CREATE TABLE bank.awkward (id int, before text, redacted text, fixed text, gone text, last text,
          first text, after text);
        INSERT INTO bank.awkward
          SELECT n, v, v, v, v, v, v, v FROM unnest(ARRAY[NULL, '', ' ', E'\\t', E'\\n', E'\\r\\n', E'\\\\', E'\\\\N',
            E'a\\tb\\nc', '"', '""', ',', ';', '|', '''', E'\\\\.', 'NULL', 'NIL', 'é€😀', E'x\\\\',
            E'\\b\\f\\x0b\\x01', '12345\t|,"', E'12345\\\\\\r\\n\\t', '"1",''2'';|3|é', repeat('long', 30000)])
            WITH ORDINALITY AS u(v, n);
        CREATE VIEW bank.seen AS SELECT id, after AS shown, last AS before, redacted FROM bank.awkward;
        CREATE TABLE bank.expected (LIKE bank.awkward);
        CREATE TABLE bank.generated (id int, last text, twice text GENERATED ALWAYS AS (id || 'x') STORED);
        INSERT INTO bank.generated VALUES (1, 'value');
        GRANT SELECT ON bank.awkward, bank.seen, bank.generated TO analyst
        """);
    gate = GatedBank.start(folder, server, List.of("bank"), POLICY);
    try (TappedClient gated = TappedClient.connect(gate.login("bank"));
        Connection direct = server.direct("bank");
        PreparedStatement insert =
            direct.prepareStatement("INSERT INTO bank.expected VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      Answer shown = gated.query("SELECT * FROM bank.awkward");
      assertThat(shown.error()).isEmpty();
      for (Received row : shown.of('D').toList()) {
        var fields = row.fields();
        insert.setInt(1, Integer.parseInt(new String(fields.getFirst().orElseThrow(), UTF_8)));
        for (int i = 1; i < fields.size(); i++) {
          insert.setString(
              i + 1, fields.get(i).map(bytes -> new String(bytes, UTF_8)).orElse(null));
        }
        insert.executeUpdate();
      }
    }
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
        "(DELIMITER ';', NULL E'\\\\NIL')",
        "(DELIMITER E'\\x01')",
        "(DELIMITER 'L')",
        "(DELIMITER E'\\x0b', HEADER)",
        "(HEADER)",
        "(FORMAT csv)",
        "CSV HEADER",
        "WITH DELIMITER ';' CSV QUOTE '''' ESCAPE '\\'",
        "(FORMAT csv, HEADER true, FORCE_QUOTE *)",
        "(FORMAT csv, FORCE_QUOTE (id, last, gone, fixed))",
        "CSV FORCE QUOTE redacted",
        "(FORMAT csv, NULL 'NULL', DELIMITER E'\\t')",
        "(FORMAT csv, NULL '****')",
        "(FORMAT csv, NULL ' ')",
        "(FORMAT csv, QUOTE '|', ESCAPE ';', DELIMITER ',')",
        "(FORMAT csv, QUOTE E'\\x01', ESCAPE '*', DELIMITER '''')",
        "(FORMAT binary)",
        "BINARY",
        "(ENCODING 'UTF8')",
      })
  void copyOfTableAndQuery_isWhatSelectGives(String options) throws Exception {
    String query = "(SELECT id, " + COLUMNS + " FROM bank.%s ORDER BY id) TO STDOUT ";
    try (TappedClient direct =
            TappedClient.connect(Login.trusted(server.port(), "postgres", "bank"));
        TappedClient gated = TappedClient.connect(gate.login("bank"))) {
      byte[] expected = data(direct.query("COPY " + query.formatted("expected") + options));
      assertThat(expected.length).isGreaterThan(240_000);
      assertThat(data(gated.query("COPY bank.awkward TO STDOUT " + options))).isEqualTo(expected);
      assertThat(data(gated.query("COPY " + query.formatted("awkward") + options)))
          .isEqualTo(expected);
      assertThat(
              data(
                  gated.extended(
                      "/* x */ COPY --\n ( -- (\nSELECT * FROM bank.awkward WHERE id <> 7711 AND"
                          + " before IS DISTINCT FROM $$)é€😀$$ /* ) */) TO STDOUT "
                          + options,
                      List.of(),
                      Format.TEXT)))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CSV", "BINARY"})
  void copyOfColumnsAndViews_isWhatSelectGives(String options) throws Exception {
    try (TappedClient direct =
            TappedClient.connect(Login.trusted(server.port(), "postgres", "bank"));
        TappedClient gated = TappedClient.connect(gate.login("bank"))) {
      String expected = "COPY (SELECT %s FROM bank.expected ORDER BY id) TO STDOUT " + options;
      assertThat(data(gated.query("COPY bank.awkward (last, id) TO STDOUT " + options)))
          .isEqualTo(data(direct.query(expected.formatted("last, id"))));
      assertThat(data(gated.query("COPY (SELECT * FROM bank.seen) TO STDOUT " + options)))
          .isEqualTo(data(direct.query(expected.formatted("id, after, last, redacted"))));
      assertThat(
              data(
                  gated.query(
                      "COPY (SELECT c.last AS id, upper(redacted), 1 FROM bank.awkward c) TO STDOUT"
                          + " "
                          + options)))
          .isEqualTo(data(direct.query(expected.formatted("last, NULL::text, 1"))));
      assertThat(data(gated.query("COPY bank.generated TO STDOUT " + options)))
          .isEqualTo(data(direct.query("COPY (SELECT 1, 'value'::text) TO STDOUT " + options)));
    }
  }

  /** Otherwise it would tell which rows have a value that the caller chose. */
  @ParameterizedTest
  @CsvSource({"'(NULL '''')', ''", "'(NULL ''NIL'')', NIL", "'(NULL ''12345'')', 12345"})
  void textOfNull_thatAValueCanHave_isTakenForThatValue(String options, String value)
      throws Exception {
    String query =
        "COPY (SELECT last, fixed, redacted FROM bank.awkward WHERE id IN (%s)) TO STDOUT "
            + options;
    try (TappedClient gated = TappedClient.connect(gate.login("bank"))) {
      String ofNull = new String(data(gated.query(query.formatted("1"))), UTF_8);
      String id =
          switch (value) {
            case "" -> "2";
            case "NIL" -> "18";
            default -> "1";
          };
      assertThat(new String(data(gated.query(query.formatted(id))), UTF_8)).isEqualTo(ofNull);
      assertThat(ofNull).doesNotContain("NIL").endsWith("\t****\n").contains("a,b|");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(ENCODING 'LATIN1')",
        "(DELIMITER 'é')",
        "(FORMAT parquet)",
        "(HEADER match)",
        "(FREEZE)",
        // Where a field ends would be read otherwise than it is meant: NULL is not escaped, and
        // the server takes a line feed for a quote.
        "(NULL E'\\\\')",
        "(NULL E'x\\\\\\\\\\\\')",
        "(DELIMITER '|', NULL E'\\\\')",
        "(FORMAT csv, QUOTE E'\\n')",
        "(FORMAT csv, ESCAPE E'\\n')",
      })
  void copyInAWayThatIsNotKnown_isRefused(String options) throws Exception {
    try (TappedClient gated = TappedClient.connect(gate.login("bank"))) {
      Answer answer = gated.query("COPY bank.awkward TO STDOUT " + options);
      assertThat(answer.error()).hasValueSatisfying(error -> assertThat(error).startsWith("42501"));
      assertThat(answer.of('d')).isEmpty();
      assertThat(gated.query("SELECT 1").error()).isEmpty();
    }
  }

  @Test
  void severalCopiesInOneMessage_areMaskedEach() throws Exception {
    try (TappedClient direct =
            TappedClient.connect(Login.trusted(server.port(), "postgres", "bank"));
        TappedClient gated = TappedClient.connect(gate.login("bank"))) {
      String two =
          "BEGIN; COPY (SELECT last, id FROM bank.%1$s WHERE id > 20 ORDER BY id) TO STDOUT;"
              + " COPY (SELECT 1) TO STDOUT; SELECT 1;"
              + " COPY (SELECT id, fixed FROM bank.%1$s ORDER BY id) TO STDOUT CSV; COMMIT";
      Answer expected = direct.query(two.formatted("expected"));
      assertThat(gated.query(two.formatted("awkward")).bytes()).isEqualTo(expected.bytes());
    }
  }

  private static byte[] data(Answer answer) {
    assertThat(answer.error()).isEmpty();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    answer.of('d').forEach(message -> all.writeBytes(message.body()));
    return all.toByteArray();
  }
}

package io.gatehouse.appliance.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.mask.MaskedRowsIT.Column;
import io.gatehouse.appliance.mask.type.PostgresTypes;
import io.gatehouse.appliance.masking.Answer;
import io.gatehouse.appliance.masking.BankServer;
import io.gatehouse.appliance.masking.GatedBank;
import io.gatehouse.appliance.masking.Login;
import io.gatehouse.appliance.masking.TappedClient;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.plugin.ValueType;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What COPY gives of every mask on a column of every type is taken by COPY into columns of the very
 * types, and is there what SELECT gives through the gate.
 */
class MaskedCopyTypesIT {
  private static final List<String> OPTIONS =
      List.of(
          "",
          "(DELIMITER '|', NULL '\\-')",
          "(FORMAT csv)",
          "(FORMAT csv, QUOTE '''', ESCAPE '\\', DELIMITER ';', NULL '-')",
          "(FORMAT csv, FORCE_QUOTE *)",
          "(FORMAT binary)");

  @TempDir private static Path folder;
  private static BankServer server;
  private static GatedBank gate;

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run(
        "bank",
        "CREATE TYPE colour AS ENUM ('red', 'green', '7'); CREATE TYPE pair AS (a int, b text);"
            + " CREATE DOMAIN email AS varchar(30)");
    StringBuilder rules = new StringBuilder("masks:\n");
    for (String name : TestMasks.NAMES) {
      rules.append("  m-").append(name).append(": {kind: \"").append(name).append('"');
      String[] parameters = TestMasks.parameters(name);
      for (int i = 0; i < parameters.length; i += 2) {
        rules.append(", ").append(parameters[i]).append(": ").append(parameters[i + 1]);
      }
      rules.append("}\n");
    }
    rules.append("rules:\n  - {name: all, verdict: allow}\n");
    List<Column> columns = MaskedRowsIT.columns().toList();
    for (int i = 0; i < columns.size(); i++) {
      List<String> masks = made(columns.get(i), i);
      for (int j = 0; j < masks.size(); j++) {
        String mask = masks.get(j).isEmpty() ? "" : ", mask: m-" + masks.get(j);
        rules.append(
            "  - {name: r%1$d-%2$d, resources: {columns: [bank.t%1$d.m%2$d]}, verdict: mask%3$s}%n"
                .formatted(i, j, mask));
      }
    }
    gate = GatedBank.start(folder, server, List.of("bank"), rules.toString());
  }

  /** A table with a column for every mask that is defined; their names, empty for none. */
  private static List<String> made(Column column, int index) throws SQLException {
    List<String> masks = new ArrayList<>(List.of(""));
    try (Connection direct = server.direct("bank");
        Statement statement = direct.createStatement()) {
      statement.execute("CREATE TABLE bank.t" + index + " (id int, plain " + column.type() + ")");
      ValueType type = type(statement, index, column);
      for (String name : TestMasks.NAMES) {
        boolean defined =
            TestMasks.catalog().of(name, TestMasks.map(TestMasks.parameters(name)), type)
                instanceof MaskCatalog.Found.Defined;
        if (defined) {
          masks.add(name);
        }
      }
      for (int j = 0; j < masks.size(); j++) {
        statement.execute(
            "ALTER TABLE bank.t%d ADD COLUMN m%d %s".formatted(index, j, column.type()));
      }
      String copies = ", v".repeat(masks.size() + 1);
      int row = 0;
      for (String literal : Stream.concat(Stream.of("NULL"), quoted(column)).toList()) {
        statement.execute(
            "INSERT INTO bank.t%d SELECT %d%s FROM (SELECT %s::%s AS v) s"
                .formatted(index, row++, copies, literal, column.type()));
      }
      statement.execute(
          "CREATE TABLE bank.back%1$d (LIKE bank.t%1$d); GRANT SELECT ON bank.t%1$d TO analyst"
              .formatted(index));
    }
    return masks;
  }

  private static Stream<String> quoted(Column column) {
    return column.literals().stream().map(literal -> "'" + literal.replace("'", "''") + "'");
  }

  private static ValueType type(Statement statement, int index, Column column) throws SQLException {
    if (column.type().equals("colour")) {
      return ValueType.enumeration(List.of("red", "green", "7"));
    }
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT CASE typtype WHEN 'd' THEN typbasetype ELSE t.oid END,
              CASE typtype WHEN 'd' THEN typtypmod ELSE atttypmod END
            FROM pg_attribute a JOIN pg_type t ON t.oid = atttypid
            WHERE attrelid = 'bank.t%d'::regclass AND attname = 'plain'\
            """
                .formatted(index))) {
      row.next();
      return PostgresTypes.of((int) row.getLong(1), row.getInt(2));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  static Stream<Integer> indices() {
    return IntStream.range(0, (int) MaskedRowsIT.columns().count()).boxed();
  }

  @ParameterizedTest
  @MethodSource("indices")
  void maskedFields_areTakenByTheirColumns_inEveryFormat(int index) throws Exception {
    Login direct = Login.trusted(server.port(), "postgres", "bank").parameter("TimeZone", "UTC");
    try (TappedClient back = TappedClient.connect(direct);
        TappedClient gated =
            TappedClient.connect(gate.login("bank").parameter("TimeZone", "UTC"))) {
      Answer shown = gated.query("SELECT * FROM bank.t" + index + " ORDER BY id");
      assertThat(shown.error()).isEmpty();
      assertThat(shown.rows()).hasSizeGreaterThan(1);
      for (String options : OPTIONS) {
        Answer copied = gated.query("COPY bank.t" + index + " TO STDOUT " + options);
        assertThat(copied.error()).as(options).isEmpty();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        copied.of('d').forEach(message -> data.writeBytes(message.body()));
        String table = "bank.back" + index;
        String reading = options.replace(", FORCE_QUOTE *", "");
        assertThat(back.query("TRUNCATE " + table).error()).isEmpty();
        assertThat(
                back.query("COPY " + table + " FROM STDIN " + reading, data.toByteArray()).error())
            .as("%s %s", MaskedRowsIT.columns().toList().get(index), options)
            .isEmpty();
        assertThat(back.query("SELECT * FROM " + table + " ORDER BY id").rows())
            .as("%s %s", MaskedRowsIT.columns().toList().get(index), options)
            .isEqualTo(shown.rows());
      }
    }
  }
}

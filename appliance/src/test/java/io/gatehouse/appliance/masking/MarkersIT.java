package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With nothing in between, what is looked for must be there: the test of the tests. */
class MarkersIT {
  /** Flags, words of few and small numbers: one of these in an answer says nothing. */
  private static final Set<String> CANNOT_BE_FOUND =
      Set.of(
          "bank.customers.birth_year",
          "bank.customers.pep",
          "bank.accounts.iban_country",
          "hr.employees.rating",
          "hr.employees.sick_days");

  private static BankServer server;
  private static Markers markers;

  @BeforeAll
  static void bank_is_opened() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    try (Connection direct = server.direct("bank")) {
      markers = Markers.of(direct);
    }
  }

  @AfterAll
  static void bank_is_closed() throws Exception {
    server.close();
  }

  private static TappedClient client() throws Exception {
    return TappedClient.connect(server.login("bank"));
  }

  private static List<ProtectedColumn> findable() {
    return ProtectedColumns.all().stream()
        .filter(column -> !CANNOT_BE_FOUND.contains(column.name()))
        .toList();
  }

  private static void assertFound(ProtectedColumn column, byte[] bytes) {
    assertThat(markers.in(bytes))
        .extracting(Mark::column)
        .as(column.name())
        .contains(column.name());
  }

  @Test
  void protected_columns_are_of_the_schema() throws Exception {
    try (Connection direct = server.direct("bank");
        Statement statement = direct.createStatement()) {
      for (ProtectedColumn column : ProtectedColumns.all()) {
        statement.executeQuery("SELECT %s FROM %s".formatted(column.column(), column.relation()));
      }
    }
    assertThat(markers.columns())
        .containsAll(findable().stream().map(ProtectedColumn::name).toList())
        .doesNotContainAnyElementsOf(CANNOT_BE_FOUND);
  }

  @Test
  void each_protected_column_read_by_a_simple_query_is_found() throws Exception {
    for (ProtectedColumn column : findable()) {
      try (TappedClient client = client()) {
        client.query("SELECT %s FROM %s".formatted(column.column(), column.relation()));
        assertFound(column, client.tap());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void each_protected_column_read_by_a_portal_is_found(Format format) throws Exception {
    for (ProtectedColumn column : findable()) {
      try (TappedClient client = client()) {
        String sql = "SELECT %s FROM %s".formatted(column.column(), column.relation());
        assertThat(client.extended(sql, List.of(), format).error()).isEmpty();
        assertFound(column, client.tap());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "csv", "binary"})
  void each_protected_column_copied_out_is_found(String format) throws Exception {
    for (ProtectedColumn column : findable()) {
      try (TappedClient client = client()) {
        client.query(
            "COPY (SELECT %s FROM %s) TO STDOUT (FORMAT %s)"
                .formatted(column.column(), column.relation(), format));
        assertFound(column, client.tap());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void each_protected_column_inside_arrays_and_rows_is_found(Format format) throws Exception {
    for (ProtectedColumn column : findable()) {
      // Arrays of different lengths do not make an array.
      boolean array = column.name().equals("bank.customers.aliases");
      for (String wrapped : List.of(array ? "%s" : "array_agg(%s)", "array_agg(ROW(1, %s))")) {
        try (TappedClient client = client()) {
          String sql =
              "SELECT %s FROM %s".formatted(wrapped.formatted(column.column()), column.relation());
          assertThat(client.extended(sql, List.of(), format).error()).as(sql).isEmpty();
          assertFound(column, client.tap());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bank.customers.ssn | SELECT upper(ssn), lower(ssn) FROM customers",
        "bank.customers.ssn | SELECT reverse(ssn) FROM customers",
        "bank.customers.ssn | SELECT encode(convert_to(ssn, 'UTF8'), 'base64') FROM customers",
        "bank.customers.ssn | SELECT encode(convert_to(concat('x', ssn), 'UTF8'), 'base64') FROM"
            + " customers",
        "bank.customers.ssn | SELECT convert_to(ssn, 'UTF8') FROM customers",
        "bank.customers.ssn | SELECT md5(ssn) FROM customers",
        "bank.customers.ssn | SELECT sha256(convert_to(ssn, 'UTF8')) FROM customers",
        "bank.customers.ssn | SELECT ssn::int FROM customers",
        "bank.customers.ssn | DO $$BEGIN RAISE NOTICE '%', (SELECT ssn FROM customers LIMIT 1);"
            + " END$$",
        "bank.customers.ssn | SELECT set_config('application_name', (SELECT ssn FROM customers"
            + " LIMIT 1), false) IS NULL",
        "bank.customers.ssn | LISTEN c; SELECT pg_notify('c', (SELECT ssn FROM customers LIMIT 1))",
        "bank.customers.ssn | SELECT to_jsonb(c) FROM customers c",
        "bank.customers.ssn | SELECT query_to_xml('SELECT ssn FROM customers', true, true, '')",
        "bank.customers.password_hash | SELECT encode(password_hash, 'base64') FROM customers",
        "bank.customers.password_hash | SELECT encode(password_hash, 'escape') FROM customers",
        "bank.customers.password_hash | SELECT encode(password_hash, 'hex') FROM customers",
        "bank.customers.date_of_birth | SELECT to_char(date_of_birth, 'DD.MM.YYYY') FROM customers",
        "bank.customers.date_of_birth | SELECT extract(epoch FROM date_of_birth) FROM customers",
        "bank.customers.annual_income | SELECT to_hex(annual_income) FROM customers",
        "bank.customers.annual_income | SELECT annual_income::float8, annual_income::numeric FROM"
            + " customers",
        "hr.employees.salary | SELECT salary::money FROM hr.employees",
        "hr.employees.salary | SELECT salary::int8 FROM hr.employees",
        "bank.customers.portal_id | SELECT replace(portal_id::text, '-', '') FROM customers",
        "bank.devices.last_ip | SELECT host(last_ip) FROM devices",
      })
  void a_value_in_another_form_is_found(String column, String sql) throws Exception {
    try (TappedClient client = client()) {
      client.query(sql);
      assertThat(markers.in(client.tap())).extracting(Mark::column).contains(column);
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void columns_that_are_not_protected_hold_nothing(Format format) throws Exception {
    try (TappedClient client = client()) {
      for (String select : harmless()) {
        assertThat(client.extended(select, List.of(), format).error()).as(select).isEmpty();
      }
      assertThat(client.tap()).hasSizeGreaterThan(100_000);
      assertThat(markers.in(client.tap())).isEmpty();
    }
  }

  @Test
  void greeting_read_holds_nothing() throws Exception {
    try (TappedClient client = client()) {
      assertThat(client.greeting()).extracting(Received::type).contains('K', 'S');
      assertThat(new String(client.tap(), UTF_8)).contains("server_version");
      assertThat(markers.in(client.tap())).isEmpty();
    }
  }

  /** One statement for each table, with its other columns. */
  private static List<String> harmless() throws Exception {
    List<String> all = new ArrayList<>();
    try (Connection direct = server.direct("bank");
        Statement statement = direct.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT table_schema, table_name, string_agg(column_name, ',')
                FROM information_schema.columns
                WHERE table_schema IN ('bank', 'hr', 'ref', 'audit') AND table_name NOT LIKE 'v\\_%'
                GROUP BY 1, 2
                """)) {
      while (rows.next()) {
        String schema = rows.getString(1);
        String table = rows.getString(2);
        String origin = table.startsWith("transactions_") ? "transactions" : table;
        String columns =
            new TreeSet<>(List.of(rows.getString(3).split(",", -1)))
                .stream()
                    .filter(column -> !ProtectedColumns.contains(schema, origin, column))
                    .collect(Collectors.joining(", "));
        all.add("SELECT " + columns + " FROM " + schema + "." + table);
      }
    }
    return all;
  }
}

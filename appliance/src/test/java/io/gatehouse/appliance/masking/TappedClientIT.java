package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TappedClientIT {
  private static final String NUMBERS = "SELECT g, -g FROM generate_series(1, 5) g";

  private static BankServer server;

  @BeforeAll
  static void bank_is_opened() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run("bank", "CREATE ROLE checked LOGIN PASSWORD 'not a secret'");
  }

  @AfterAll
  static void bank_is_closed() throws Exception {
    server.close();
  }

  private static TappedClient client() throws IOException {
    return TappedClient.connect(server.login("bank"));
  }

  private static String types(Answer answer) {
    StringBuilder types = new StringBuilder();
    answer.messages().forEach(message -> types.append(message.type()));
    return types.toString();
  }

  @Test
  void simple_query_of_several_statements_is_answered_in_whole() throws Exception {
    try (TappedClient client = client()) {
      Answer answer = client.query("SELECT 1; SELECT NULL; SELECT nothing");
      assertThat(types(answer)).isEqualTo("TDCTDCEZ");
      assertThat(answer.rows()).containsExactly(List.of("1"), List.of("null"));
      assertThat(answer.error()).hasValueSatisfying(error -> assertThat(error).startsWith("42703"));
      assertThat(new String(client.tap(), UTF_8)).endsWith(new String(answer.bytes(), UTF_8));
    }
  }

  @Test
  void portal_executed_in_parts_is_suspended_between_them() throws Exception {
    try (TappedClient client = client()) {
      client.parse("s", NUMBERS).describeStatement("s");
      client.bind("p", "s", List.of(), Format.BINARY).describePortal("p").execute("p", 2);
      assertThat(types(client.flush(message -> message.type() == 's'))).isEqualTo("1tT2TDDs");
      Answer rest = client.execute("p", 0).closePortal("p").closeStatement("s").sync();
      assertThat(types(rest)).isEqualTo("DDDC33Z");
      assertThat(rest.of('D').findFirst().orElseThrow().fields().getFirst())
          .hasValueSatisfying(field -> assertThat(field).containsExactly(0, 0, 0, 3));
    }
  }

  @Test
  void parameters_bound_arrive_null_among_them() throws Exception {
    try (TappedClient client = client()) {
      Answer answer =
          client.extended(
              "SELECT $1::int + 1, $2::text",
              List.of(Optional.of("41"), Optional.empty()),
              Format.TEXT);
      assertThat(answer.rows()).containsExactly(List.of("42", "null"));
    }
  }

  @Test
  void rows_copied_in_and_out_are_kept_in_both_protocols() throws Exception {
    try (TappedClient client = client()) {
      client.query("CREATE TEMP TABLE c (a int, b text)");
      byte[] rows = "1\tone\n2\t\\N\n".getBytes(UTF_8);
      assertThat(types(client.query("COPY c FROM STDIN", rows))).isEqualTo("GCZ");
      client.parse("", "COPY c FROM STDIN").bind("", "", List.of(), Format.TEXT).execute("", 0);
      assertThat(types(client.sync(rows))).isEqualTo("12GCZ");
      Answer out = client.extended("COPY c TO STDOUT (FORMAT csv)", List.of(), Format.TEXT);
      assertThat(types(out)).isEqualTo("12nHddddcCZ");
    }
  }

  @Test
  void error_in_a_batch_skips_to_the_sync() throws Exception {
    try (TappedClient client = client()) {
      client
          .parse("", "SELECT 1 / (g - g) FROM generate_series(1, 1) g")
          .bind("", "", List.of(), Format.TEXT)
          .execute("", 0);
      client.parse("", NUMBERS).bind("", "", List.of(), Format.TEXT).execute("", 0);
      assertThat(types(client.sync())).isEqualTo("12EZ");
      assertThat(client.query("SELECT 1").error()).isEmpty();
    }
  }

  @Test
  void function_called_by_number_answers_its_value() throws Exception {
    try (TappedClient client = client()) {
      int quote =
          Integer.parseInt(
              client
                  .query("SELECT 'quote_ident(text)'::regprocedure::oid")
                  .rows()
                  .getFirst()
                  .getFirst());
      Answer answer = client.call(quote, Format.TEXT, List.of("SECRET"));
      assertThat(types(answer)).isEqualTo("VZ");
      assertThat(new String(answer.bytes(), UTF_8)).contains("\"SECRET\"");
    }
  }

  @Test
  void login_with_a_password_proves_it() throws Exception {
    try (Connection direct = server.direct("bank");
        Statement statement = direct.createStatement();
        ResultSet file = statement.executeQuery("SHOW hba_file")) {
      file.next();
      server.run(
          "bank",
          "COPY (VALUES ('host all checked all scram-sha-256'), ('host all all all trust')) TO '%s';"
              .formatted(file.getString(1)));
      server.run("bank", "SELECT pg_reload_conf()");
    }
    Login login = Login.with(server.port(), "checked", "not a secret", "bank");
    try (TappedClient client =
        TappedClient.connect(login.parameter("application_name", "tapped"))) {
      assertThat(client.query("SHOW application_name").rows()).containsExactly(List.of("tapped"));
    }
    assertThatThrownBy(
            () -> TappedClient.connect(Login.with(server.port(), "checked", "wrong", "bank")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("28P01");
  }
}

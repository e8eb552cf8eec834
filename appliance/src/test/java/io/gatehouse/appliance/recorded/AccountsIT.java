package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some callers have another account on the server, and names mean there what they mean to it. */
class AccountsIT {
  private static final String POLICY =
      """
      rules:
        - name: nobody-reads-hidden
          resources: {tables: [hidden.t]}
          verdict: deny
        - name: read
          operations: [read, session, call]
          resources:
            kinds: [session, setting]
            tables: [public.t, hidden.t, public.only_owner]
            schemas: [pg_catalog]
          verdict: allow
      """;
  private static final String PASSWORD = "their own";

  @TempDir private Path folder;
  private RealDatabase server;
  private JournalFolder journal;
  private Appliance gate;
  private boolean stopped;

  @BeforeEach
  void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run(
        "CREATE ROLE app LOGIN; CREATE ROLE owner; GRANT owner TO app; CREATE ROLE reports LOGIN;"
            + " CREATE ROLE reader; GRANT reader TO app, reports;"
            + " CREATE SCHEMA hidden; CREATE TABLE hidden.t AS SELECT 'hidden'::text AS v;"
            + " CREATE TABLE public.t AS SELECT 'public'::text AS v;"
            + " CREATE TABLE public.only_owner AS SELECT 'owned'::text AS v;"
            + " ALTER TABLE public.only_owner OWNER TO owner;"
            + " GRANT USAGE ON SCHEMA hidden TO PUBLIC;"
            + " GRANT SELECT ON hidden.t, public.t TO PUBLIC;"
            + " ALTER ROLE reports SET search_path = hidden");
    journal = JournalFolder.make(folder.resolve("kept"));
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    put("clerk", Set.of("clerks"));
    put("dora", Set.of("administrators", "reports"));
    put("rita", Set.of("reports"));
    put("ann", Set.of());
    gate = Appliance.start(configured(), new Environment(Map.of()));
  }

  private void put(String name, Set<String> groups) throws Exception {
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User(name, verifier, groups));
  }

  private Path configured() throws Exception {
    return Files.writeString(
        folder.resolve("gatehouse.yaml"),
        """
        listeners:
          - name: main
            address: 127.0.0.1
            port: 0
            clients-without-tls: accept
            databases: {bank: bank}
        targets:
          - name: bank
            protocol: postgresql
            host: localhost
            port: %d
            without-tls: send-everything-unencrypted
            credential: {user: app, trust: true}
            role: reader
            parameters: {application_name: "gate: {caller}"}
            accounts:
              - {groups: [administrators], role: owner}
              - {groups: [reports], credential: {user: reports, trust: true}}
              - {subjects: [ann], credential: {user: reports, trust: true}, role: reader}
        users: users.yaml
        policy: policy.yaml
        management: {address: 127.0.0.1, port: 0}
        limits: {analysis-millis: 60000}
        """
                .formatted(server.port())
            + journal.section(""));
  }

  private void stop() {
    if (!stopped) {
      stopped = true;
      gate.close();
    }
  }

  @AfterEach
  void end() throws Exception {
    stop();
    server.close();
  }

  private Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/bank?sslmode=disable&assumeMinServerVersion=14"
            .formatted(gate.address("main").getPort()),
        user,
        PASSWORD);
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static String account(Connection connection) throws SQLException {
    return ask(connection, "SELECT session_user || ' as ' || current_user");
  }

  @Test
  void firstAccountThatFits_isTheOneUsed_andOnRecord() throws Exception {
    try (Connection clerk = connect("clerk");
        Connection dora = connect("dora");
        Connection rita = connect("rita")) {
      assertThat(account(clerk)).isEqualTo("app as reader");
      assertThat(account(dora)).isEqualTo("app as owner");
      assertThat(account(rita)).isEqualTo("reports as reports");
      assertThat(ask(clerk, "SHOW application_name")).isEqualTo("gate: clerk");
      assertThat(ask(rita, "SHOW application_name")).isEqualTo("gate: rita");
      assertThat(ask(dora, "SELECT v FROM only_owner")).isEqualTo("owned");
      SQLException denied =
          catchThrowableOfType(SQLException.class, () -> ask(clerk, "SELECT v FROM only_owner"));
      assertThat(denied.getMessage()).contains("permission denied for table only_owner");
    }
    stop();
    List<JournalFolder.Entry> opened =
        journal.entries().stream().filter(entry -> entry.kind() == Kind.SESSION_OPENED).toList();
    assertThat(opened)
        .extracting(entry -> entry.text("subject") + " " + entry.text("account"))
        .containsExactlyInAnyOrder("clerk app", "dora app", "rita reports");
    assertThat(opened)
        .extracting(entry -> entry.text("role"))
        .containsExactlyInAnyOrder("reader", "owner", "");
  }

  /** The same unqualified name is another table to another login, be its role the same or not. */
  @Test
  void names_areDecidedAsTheAccountHasThem() throws Exception {
    for (int round = 0; round < 2; round++) {
      try (Connection clerk = connect("clerk");
          Connection rita = connect("rita");
          Connection ann = connect("ann")) {
        assertThat(ask(clerk, "SELECT v FROM t")).isEqualTo("public");
        for (Connection other : List.of(rita, ann)) {
          SQLException denied =
              catchThrowableOfType(SQLException.class, () -> ask(other, "SELECT v FROM t"));
          assertThat(denied.getMessage()).contains("rule \"nobody-reads-hidden\"");
          assertThat(ask(other, "SELECT v FROM public.t")).isEqualTo("public");
        }
      }
    }
  }
}

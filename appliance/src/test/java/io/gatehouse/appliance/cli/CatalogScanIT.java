package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.policy.Policy;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code catalog scan} proposes for a bank's database. */
class CatalogScanIT {
  private static RealDatabase server;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run(
        """
        CREATE SCHEMA bank;
        CREATE DOMAIN bank.address AS varchar(60);
        CREATE TABLE bank.customers (id int, first_name text, ssn char(11), contact bank.address, "Phone No" text,
          dob date, password_hash text, email_sent timestamp, e_mail text);
        INSERT INTO bank.customers SELECT n, 'Joe', '536-22-8726', 'joe' || n || '@bank.example',
          '+41 44 123 45 67', '1980-01-01', 'x', now(), CASE n WHEN 1 THEN 'later' END FROM generate_series(1, 200) n;
        CREATE TABLE bank.cards (id int, number varchar(19), iban text, limits jsonb, tokens text[]) PARTITION BY RANGE (id);
        CREATE TABLE bank.cards_1 PARTITION OF bank.cards FOR VALUES FROM (0) TO (50);
        CREATE TABLE bank.cards_2 PARTITION OF bank.cards FOR VALUES FROM (50) TO (1000);
        INSERT INTO bank.cards SELECT n, '4111 1111 1111 1111', 'CH9300762011623852957',
          '{"owner": "joe@bank.example"}', '{-----BEGIN PRIVATE KEY-----}' FROM generate_series(1, 100) n;
        CREATE TABLE bank.notes (id int, body text);
        INSERT INTO bank.notes SELECT n, CASE WHEN n % 50 = 0 THEN 'card 4111 1111 1111 1111' ELSE 'nothing' END
          FROM generate_series(1, 30000) n;
        CREATE TABLE bank.empty (card_number text, note text);
        CREATE TABLE "odd ""one's"" schema" (x int);
        CREATE TABLE bank."odd.name" ("e*mail address" text);
        INSERT INTO bank."odd.name" VALUES ('a@bank.example');
        CREATE FUNCTION bank.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001
          AS $$ BEGIN RAISE EXCEPTION 'it ran'; END $$;
        CREATE TABLE bank.guarded (iban text);
        INSERT INTO bank.guarded VALUES ('CH9300762011623852957');
        ALTER TABLE bank.guarded ENABLE ROW LEVEL SECURITY;
        ALTER TABLE bank.guarded FORCE ROW LEVEL SECURITY;
        CREATE POLICY p ON bank.guarded USING (bank.leak(iban));
        ANALYZE
        """);
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  @BeforeEach
  void files() throws Exception {
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Files.writeString(folder.resolve("in-force.yaml"), "rules: [{name: x, verdict: allow}]\n");
    config("{corp: corp}", server.port());
  }

  private void config(String databases, int port) throws Exception {
    Files.writeString(
        folder.resolve("gatehouse.yaml"),
        """
        listeners:
          - name: main
            port: 0
            clients-without-tls: accept
            databases: %s
        targets:
          - name: corp
            protocol: postgresql
            host: localhost
            port: %d
            without-tls: send-everything-unencrypted
            credential: {user: postgres, trust: true}
        users: users.yaml
        policy: in-force.yaml
        journal: keep-no-record
        """
            .formatted(databases, port));
  }

  private int scan(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("catalog", "scan", "--config", folder + "/gatehouse.yaml", "--target"));
    arguments.addAll(List.of(more));
    CommandLine command =
        Gatehouse.commandLine(Passwords.input(new ByteArrayInputStream(new byte[0])));
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  /** The lines without their alignment and without what changes. */
  private List<String> lines() {
    return out.toString().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
  }

  @Test
  void bank_isProposedAsItIs_withReasons_andWithoutAnyValue() throws Exception {
    assertThat(scan("corp", "--database", "corp")).as(err.toString()).isEqualTo(1);
    assertThat(lines())
        .contains(
            "tags:",
            "card-number:",
            "- bank.cards.number # pan in 100 of 100",
            "- bank.empty.card_number # its name; no values looked at",
            "ssn:",
            "- bank.customers.ssn # its name; ssn in 200 of 200",
            "iban:",
            "- bank.cards.iban # its name; iban in 100 of 100",
            "- bank.guarded.iban # its name; no values looked at",
            "email:",
            "- bank.cards.limits # email in 100 of 100",
            "- bank.customers.contact # email in 200 of 200",
            "# - bank.customers.email_sent # its name; no values looked at",
            "# - bank.customers.e_mail # its name; not in 1 values",
            "- 'bank.\"odd.name\".\"e*mail address\"' # its name; email in 1 of 1",
            "phone:",
            "- 'bank.customers.\"Phone No\"' # its name; phone in 200 of 200",
            "secret:",
            "- bank.cards.tokens # private-key in 100 of 100",
            "- bank.customers.password_hash # its name; not in 200 values",
            "birth-date:",
            "- bank.customers.dob # its name; no values looked at",
            "# Not looked at:",
            "# bank.guarded: reading it runs code that nobody reviewed")
        .anyMatch(line -> line.matches("# - bank\\.notes\\.body # pan in \\d+ of \\d+"));
    assertThat(out.toString()).doesNotContain("4111", "536-22", "bank.example", "CH93", "cards_1");
  }

  @Test
  void proposal_isAFileOfAPolicy() throws Exception {
    Path proposal = folder.resolve("tags.yaml");
    assertThat(scan("corp", "--database", "corp", "--out", proposal.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("proposed", "to decide").doesNotContain("tags:");
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            rules:
              - {name: all, verdict: allow}
              - {name: m, resources: {tags: [card-number, ssn, email, secret]}, verdict: mask}
            """);
    assertThat(Policy.load(List.of(proposal, rules)).ruleCount()).isEqualTo(2);
    assertThat(scan("corp", "--database", "corp", "--out", proposal.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("is there already");
  }

  @Test
  void databaseWithNothingToPropose_givesAPolicyFileToo() throws Exception {
    try (RealDatabase other = RealDatabase.start("corp")) {
      other.run(
          "CREATE TABLE t (a text, email text);"
              + " INSERT INTO t VALUES ('x', 'later'), (NULL, 'never'), (' ', NULL)");
      config("{corp: corp}", other.port());
      Path proposal = folder.resolve("tags.yaml");
      assertThat(scan("corp", "--database", "corp", "--out", proposal.toString()))
          .as(err + Files.readString(proposal))
          .isEqualTo(0);
      assertThat(Files.readString(proposal))
          .contains("Looked at: 1 tables, 2 columns")
          .contains(
              "\ntags: {}\n  # email:\n  #   columns:\n  #     - public.t.email  # its name;");
      assertThat(Policy.load(List.of(proposal, folder.resolve("in-force.yaml"))).ruleCount())
          .isEqualTo(1);
    }
  }

  @Test
  void sample_boundsTheRowsThatAreLookedAt() {
    assertThat(scan("corp", "--database", "corp", "--sample", "10")).isEqualTo(1);
    assertThat(lines()).contains("- bank.customers.ssn # its name; ssn in 10 of 10");
  }

  @Test
  void whatMakesNoSense_isUsage_andWhatIsNotReached_fails() throws Exception {
    assertThat(scan("corp", "--sample", "0")).isEqualTo(2);
    assertThat(scan("corp")).as(err.toString()).isEqualTo(2);
    assertThat(err.toString()).contains("say --database");
    assertThat(scan("nowhere", "--database", "corp")).isEqualTo(1);
    assertThat(err.toString()).contains("no target \"nowhere\"");
    assertThat(scan("corp", "--database", "nowhere")).isEqualTo(1);
    Files.writeString(folder.resolve("gatehouse.yaml"), "listeners: 5\n");
    assertThat(scan("corp", "--database", "corp")).isEqualTo(3);
  }
}

package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.gated.RealDatabase;
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

/** What the commands say of a policy's masks where they can ask the target. */
class MaskReviewIT {
  private static final String POLICY =
      """
      masks:
        last-four: {kind: keep-last, count: 4}
        calm: {kind: constant, value: calm}
        furious: {kind: constant, value: furious}
      rules:
        - {name: all, verdict: allow}
        - name: texts
          resources: {columns: [hr.people.ssn, "*.*.note"]}
          verdict: mask
          mask: last-four
          strength: output
        - {name: moods, resources: {columns: [hr.people.mood]}, verdict: mask, mask: calm}
      """;

  private static RealDatabase server;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run(
        """
        CREATE SCHEMA hr;
        CREATE TYPE hr.mood AS ENUM ('calm', 'cross');
        CREATE DOMAIN hr.short AS varchar(6);
        CREATE TABLE hr.people (id int, ssn text, salary int, mood hr.mood, code hr.short);
        CREATE TABLE hr.notes (id int, note int);
        CREATE VIEW hr.shown AS SELECT id, ssn AS number, upper(ssn) AS loud FROM hr.people
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
    Files.writeString(folder.resolve("main.key"), "a key that is long enough for the gate");
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
        mask-keys: {main: {secret: {file: main.key}}}
        """
            .formatted(databases, port));
  }

  private Path policy(String text) throws Exception {
    return Files.writeString(folder.resolve("policy.yaml"), text);
  }

  private int run(String... arguments) {
    CommandLine command =
        Gatehouse.commandLine(Passwords.input(new ByteArrayInputStream(new byte[0])));
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private int check(String policy, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("policy", "check", "--config", folder + "/gatehouse.yaml"));
    arguments.addAll(List.of(more));
    arguments.add(policy(policy).toString());
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void maskThatIsNotDefinedForAColumnItIsFor_isAProblemWithThePlaceOfTheRule() throws Exception {
    assertThat(check(POLICY)).as(err.toString()).isEqualTo(3);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith(
            folder
                + "/policy.yaml:7: rules[1].mask: \"last-four\" cannot mask hr.notes.note in"
                + " database corp of target corp: the mask keep-last is not defined for int4");
    assertThat(out.toString()).contains("database corp of target corp: 3 columns are masked");
  }

  @Test
  void masksThatFitTheirColumns_areNoProblem() throws Exception {
    assertThat(check(POLICY.replace(", \"*.*.note\"", ""))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("2 columns are masked", "no problems, 3 rules");
  }

  @Test
  void labelOfNoSuchEnumeration_andTextTooLongForADomain_areProblems() throws Exception {
    String policy =
        """
        masks:
          furious: {kind: constant, value: furious}
        rules:
          - {name: moods, resources: {columns: [hr.people.mood, hr.people.code]}, verdict: mask, mask: furious}
        """;
    assertThat(check(policy)).isEqualTo(3);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            one -> assertThat(one).contains("hr.people.mood in").contains("value is none of enum"),
            two ->
                assertThat(two)
                    .contains("hr.people.code in")
                    .contains("value is none of varchar(6)"));
  }

  @Test
  void keyThatTheConfigurationDoesNotHave_isAProblem() throws Exception {
    String policy =
        """
        masks: {m: {kind: hash, key: %s}}
        rules: [{name: r, verdict: mask, mask: m, resources: {columns: [hr.people.ssn]}}]
        """;
    assertThat(check(policy.formatted("main"))).as(err.toString()).isZero();
    assertThat(check(policy.formatted("mian"))).isEqualTo(3);
    assertThat(err.toString())
        .contains("policy.yaml:1: masks.m: cannot be made: key must be the name of a configured");
    assertThat(run("policy", "check", policy(policy.formatted("mian")).toString()))
        .as("without a configuration")
        .isZero();
  }

  @Test
  void targetThatIsNotReached_andDatabasesThatNobodyNamed_areNoSuccess() throws Exception {
    config("{\"*\": corp}", server.port());
    assertThat(check(POLICY)).isEqualTo(1);
    assertThat(out.toString()).contains("name them with --database").doesNotContain("no problems");
    assertThat(check(POLICY, "--database", "corp")).isEqualTo(3);
    config("{corp: corp}", 1);
    assertThat(check(POLICY)).isEqualTo(1);
    assertThat(out.toString()).contains("database corp of target corp was not looked at: ");
  }

  private String explain(String statement) throws Exception {
    out.getBuffer().setLength(0);
    assertThat(
            run(
                "policy",
                "explain",
                "--policy",
                policy(POLICY).toString(),
                "--config",
                folder + "/gatehouse.yaml",
                "--caller",
                "ann",
                "--target",
                "corp",
                "--database",
                "corp",
                statement))
        .as(err.toString())
        .isZero();
    return out.toString();
  }

  private String lastLines(String statement) throws Exception {
    String all = explain(statement);
    int policy = all.lastIndexOf("\npolicy ");
    return all.substring(all.indexOf('\n', policy + 1) + 1);
  }

  @Test
  void statementOverMaskedColumns_isExplainedColumnByColumn() throws Exception {
    assertThat(lastLines("SELECT id, ssn AS s, upper(ssn), salary FROM hr.people"))
        .isEqualTo(
            """
            column 1 id: as it is
            column 2 s: last-four in place of hr.people.ssn (output)
            column 3: NULL, computed from hr.people.ssn
            column 4 salary: as it is
            """);
    assertThat(lastLines("SELECT number, loud FROM hr.shown"))
        .isEqualTo(
            """
            column 1 number: last-four in place of hr.people.ssn (output)
            column 2 loud: NULL, computed from hr.people.ssn
            """);
    assertThat(lastLines("SELECT mood FROM hr.people"))
        .isEqualTo("column 1 mood: calm in place of hr.people.mood (strict)\n");
    assertThat(lastLines("SELECT note FROM hr.notes"))
        .startsWith(
            "column 1 note: last-four in place of hr.notes.note (output), which is not defined for"
                + " it, so the result is withheld: the mask keep-last is not defined for int4");
    assertThat(lastLines("COPY hr.people (id, ssn) TO STDOUT"))
        .isEqualTo(
            """
            column 1 id: as it is
            column 2 ssn: last-four in place of hr.people.ssn (output)
            """);
  }

  @Test
  void statementThatCannotBeMasked_isExplainedByWhatItWouldTell() throws Exception {
    assertThat(lastLines("SELECT id FROM hr.people ORDER BY mood"))
        .isEqualTo(
            "refused: which rows it gives, or their order, depends on the protected column"
                + " hr.people.mood. Select, join, group and sort by other columns.\n");
    assertThat(lastLines("SELECT id FROM hr.people")).isEmpty();
  }
}

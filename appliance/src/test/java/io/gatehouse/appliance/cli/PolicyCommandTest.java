package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.policy.CommandReader;
import io.gatehouse.appliance.policy.CommandText;
import io.gatehouse.appliance.policy.MaskCheck;
import io.gatehouse.appliance.policy.PolicyStore;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code gatehouse policy ...} in this process: exit codes and what is printed. */
final class PolicyCommandTest {
  private static final String READS =
      "rules: [{name: reads, verdict: allow, operations: [read]}]\n";

  /** Knows one statement. */
  private static final CommandReader STATEMENTS =
      (target, database, statement) ->
          (target + " " + database + " " + statement).equals("t d TABLE hr.t")
              ? CommandText.command(
                  List.of(CommandText.access("read table hr.t")), Set.of(), Certainty.EXACT)
              : Command.notUnderstood("not a statement of this test");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path policy;
  private Path store;

  @BeforeEach
  void writePolicy() throws Exception {
    policy = Files.writeString(folder.resolve("policy.yaml"), READS);
    store = folder.resolve("store");
  }

  private int run(String input, String... arguments) {
    Passwords passwords =
        Passwords.input(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    CommandLine command = Gatehouse.commandLine(passwords, STATEMENTS);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private int explain(String... more) {
    String[] arguments = {
      "policy",
      "explain",
      "--policy",
      policy.toString(),
      "--caller",
      "alice",
      "--target",
      "t",
      "--database",
      "d"
    };
    return run(
        "",
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(arguments), java.util.stream.Stream.of(more))
            .toArray(String[]::new));
  }

  private int activate(String password, String operator) {
    return run(
        password + "\n",
        "policy",
        "activate",
        "--store",
        store.toString(),
        "--users",
        folder.resolve("users.yaml").toString(),
        "--operator",
        operator,
        policy.toString());
  }

  private void addUser(String name, String password, String group) {
    assertThat(
            run(
                password + "\n",
                "user",
                "add",
                "--file",
                folder.resolve("users.yaml").toString(),
                "--group",
                group,
                name))
        .isZero();
  }

  @Test
  void explain_saysHowTheCommandIsPutOnRecord() throws Exception {
    Files.writeString(
        policy,
        READS.replace("[read]}", "[read], record: {results: leave-out, retention: short}}"));
    assertThat(explain("TABLE hr.t")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("on record without its results, in the class short");
  }

  @Test
  void explain_saysWhatIsNotOnRecord() throws Exception {
    Files.writeString(
        policy,
        READS.replace("]}]", "]}, {name: quiet, verdict: omit, resources: {tables: [hr.t]}}]"));
    assertThat(explain("TABLE hr.t")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("without text, values and results, by quiet");
  }

  @Test
  void nothingAsked_isUsage() {
    assertThat(run("", "policy")).isEqualTo(2);
    assertThat(err.toString()).contains("say what to do: check, explain, test, activate");
    assertThat(run("", "policy", "check")).isEqualTo(2);
    assertThat(run("", "policy", "test")).isEqualTo(2);
    assertThat(run("", "policy", "explain")).isEqualTo(2);
    assertThat(run("", "policy", "activate")).isEqualTo(2);
  }

  @Test
  void badPolicy_printsEveryProblem() throws Exception {
    Files.writeString(policy, "rules:\n  - {name: a, verdict: fly}\n  - {name: b, verdct: deny}\n");

    assertThat(run("", "policy", "check", policy.toString())).isEqualTo(3);
    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith(policy + ":2: ") || line.startsWith(policy + ":3: "));
  }

  @Test
  void goodPolicy_hasNoProblems() {
    assertThat(run("", "policy", "check", folder.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("no problems, 1 rules, digest ");
  }

  @Test
  void statement_isExplained() {
    assertThat(explain("TABLE hr.t")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("touches:   read table hr.t", "* allow reads: read table hr.t", "allow by reads");
  }

  @Test
  void statementThatIsNotUnderstood_isExplainedAsDenied() {
    assertThat(explain("DROP hr.t")).isZero();
    assertThat(out.toString())
        .contains(
            "doubt:     not a statement of this test",
            "deny by not-understood: not a statement of this test");
  }

  @Test
  void accessesInWords_areExplained() {
    assertThat(explain("--access", "write table hr.t", "--trait", "whole-table")).isZero();
    assertThat(out.toString())
        .contains("traits:    whole-table", "deny by default-deny: no rule allows to write");
  }

  @Test
  void nonsense_isUsage() {
    assertThat(explain()).isEqualTo(2);
    assertThat(explain("--access", "read table a.b", "TABLE hr.t")).isEqualTo(2);
    assertThat(explain("--access", "fly table a.b")).isEqualTo(2);
    assertThat(explain("--access", "read table a.b", "--trait", "big")).isEqualTo(2);
    assertThat(explain("--access", "read table a.b", "--source", "localhost")).isEqualTo(2);
    assertThat(explain("--access", "read table a.b", "--at", "noon")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void examplesThatFail_areStatusOne() throws Exception {
    Path examples =
        Files.writeString(
            folder.resolve("policy.test.yaml"),
            """
            policies: [policy.yaml]
            given: {caller: {subject: a}, target: t, database: d}
            examples:
              - {name: known, statement: TABLE hr.t, expect: allow, rule: reads}
              - {name: unknown, statement: DROP hr.t, expect: deny, rule: not-understood}
            """);
    assertThat(run("", "policy", "test", examples.toString())).as(out.toString()).isZero();
    Files.writeString(policy, "rules: [{name: writes, verdict: allow, operations: [write]}]");

    assertThat(run("", "policy", "test", examples.toString())).isEqualTo(1);
    assertThat(out.toString()).contains(":4: known: expected allow by reads, got deny");
  }

  @Test
  void provedOperator_activates_andLeavesNoTraceOfThePassword() throws Exception {
    addUser("alice", "planted-secret-77", "policy-operators");
    try (RecordedLog log = RecordedLog.atTrace()) {
      assertThat(activate("planted-secret-77", "alice")).as(err.toString()).isZero();

      assertThat(PolicyStore.open(store, MaskCheck.NONE).author()).isEqualTo("alice");
      assertThat(
              out.toString()
                  + err
                  + log.lines()
                  + Files.readString(store.resolve("activations.log")))
          .contains("a running gate takes it at the next SIGHUP")
          .doesNotContain("planted-secret-77");
    }
  }

  @Test
  void whoeverDidNotProveToBeAnOperator_changesNothing() {
    addUser("alice", "right", "policy-operators");
    addUser("bob", "right", "analysts");

    assertThat(activate("wrong", "alice")).isEqualTo(1);
    assertThat(activate("", "alice")).isEqualTo(1);
    assertThat(activate("right", "bob")).isEqualTo(1);
    assertThat(activate("right", "carol")).isEqualTo(1);

    assertThat(err.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.contains("did not prove to be an operator"));
    assertThat(store).doesNotExist();
  }

  @Test
  void badPolicy_isNotActivated() throws Exception {
    addUser("alice", "right", "policy-operators");
    Files.writeString(policy, "rules: [{name: a}]");

    assertThat(activate("right", "alice")).isEqualTo(3);
    assertThat(err.toString()).contains("policy.yaml:1: rules[0].verdict: is missing");
    assertThat(store).doesNotExist();
  }
}

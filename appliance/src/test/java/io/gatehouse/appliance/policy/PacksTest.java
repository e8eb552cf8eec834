package io.gatehouse.appliance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The packs that are shipped do what their examples say, alone and together. */
final class PacksTest {
  private static final Path PACKS = Path.of("src/main/policies");

  @TestFactory
  Stream<DynamicTest> everyPack_meetsItsExamples() throws Exception {
    return PolicyFiles.of(List.of(PACKS)).stream()
        .map(pack -> DynamicTest.dynamicTest(pack.getFileName().toString(), () -> check(pack)));
  }

  private static void check(Path pack) throws Exception {
    ExampleFile.Result result =
        ExampleFile.read(examples(pack)).run(CommandReader.NONE, MaskCheck.NONE);

    assertThat(result.failures()).isEmpty();
    assertThat(result.examples()).isGreaterThan(3);
  }

  private static Path examples(Path pack) {
    return Path.of(pack.toString().replace(".yaml", ".test.yaml"));
  }

  /** Every rule of a pack decides an example, so that none could be left out unnoticed. */
  @Test
  void everyRule_isTheOneThatDecidesAnExample() throws Exception {
    for (Path pack : PolicyFiles.of(List.of(PACKS))) {
      String examples = Files.readString(examples(pack));
      PolicyFile file = PolicyFile.read(PolicySource.read(pack), new ConditionCompiler());
      assertThat(file.rules()).isNotEmpty();
      for (RuleDraft rule : file.rules()) {
        if (rule.kind() != RuleKind.LIMIT) {
          assertThat(examples).contains("rule: " + rule.name() + "\n");
        }
      }
    }
  }

  @Test
  void allPacksTogether_areOnePolicy() throws Exception {
    assertThat(Policy.load(PolicyFiles.of(List.of(PACKS))).ruleCount()).isEqualTo(15);
  }

  @Test
  void agentsRead_withinTheTighterLimits() throws Exception {
    Caller agent =
        new Caller(
            "alice", Set.of("analysts"), ProofMethod.LOCAL_PASSWORD, Optional.of("report-writer"));

    Verdict verdict =
        Policy.load(PolicyFiles.of(List.of(PACKS)))
            .plan(agent, Policies.ORDERS, "orders", Policies.command("read table public.orders"))
            .decide(Policies.USUAL);

    assertThat(verdict).isInstanceOf(Verdict.Allow.class);
    assertThat(((Verdict.Allow) verdict).bounds().rows()).isEqualTo(1_000);
  }

  @Test
  void exampleThatIsNotMet_saysSo(@org.junit.jupiter.api.io.TempDir Path folder)
      throws IOException, io.gatehouse.appliance.yaml.InvalidFileException {
    Files.writeString(
        folder.resolve("p.yaml"), "rules: [{name: a, verdict: allow, operations: [read]}]");
    Path examples =
        Files.writeString(
            folder.resolve("p.test.yaml"),
            """
            policies: [p.yaml]
            examples:
              - name: met
                caller: {subject: a}
                target: {name: t, protocol: mysql}
                database: d
                command: {accesses: [read table x.y]}
                expect: allow
              - name: other verdict
                caller: {subject: a}
                target: t
                database: d
                command: {accesses: [write table x.y]}
                expect: allow
              - name: other rule
                caller: {subject: a}
                target: t
                database: d
                command: {accesses: [read table x.y]}
                expect: allow
                rule: b
              - name: needs a reader
                caller: {subject: a}
                target: t
                database: d
                statement: "select 1"
                expect: allow
            """);

    ExampleFile.Result result = ExampleFile.read(examples).run(CommandReader.NONE, MaskCheck.NONE);

    assertThat(result.examples()).isEqualTo(4);
    assertThat(result.failures())
        .containsExactly(
            examples
                + ":9: other verdict: expected allow, got deny by default-deny: what no rule"
                + " allows is denied: no rule allows to write table x.y",
            examples
                + ":15: other rule: expected allow by b, got allow by a: everything that the"
                + " command touches directly is allowed",
            examples
                + ":22: needs a reader: expected allow, got deny by not-understood: what is not"
                + " understood is denied: statements cannot be read here");
  }
}

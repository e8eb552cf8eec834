package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.MaskDefinitions;
import io.gatehouse.appliance.TargetStatements;
import io.gatehouse.appliance.TargetStatements.Asked;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.policy.CommandReader;
import io.gatehouse.appliance.policy.CommandText;
import io.gatehouse.appliance.policy.Explanation;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.policy.PolicyFiles;
import io.gatehouse.appliance.policy.RecordTerms;
import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Trait;
import io.gatehouse.plugin.Verdict;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse policy explain}: the command as it is understood, each rule, the verdict. */
@picocli.CommandLine.Command(
    name = "explain",
    description = {
      "Says what a policy makes of a command, and why.",
      "The command is a statement, or what it touches in words: --access 'read table hr.t'."
    },
    mixinStandardHelpOptions = true)
final class ExplainPolicyCommand implements Callable<Integer> {
  private final CommandReader statements;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Target.Protocol protocol = Target.Protocol.POSTGRESQL;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      required = true,
      description = "a policy file or a folder of them; may be repeated")
  private List<Path> policies = new ArrayList<>();

  @Option(names = "--caller", paramLabel = "NAME", required = true, description = "who asks")
  private String caller = "";

  @Option(names = "--group", paramLabel = "GROUP", description = "a group; may be repeated")
  private List<String> groups = new ArrayList<>();

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "the agent that acts for the caller")
  private @Nullable String actor;

  @Option(names = "--agent", description = "the caller is a program on its own")
  private boolean agent;

  @Option(names = "--target", paramLabel = "NAME", required = true, description = "of what")
  private String target = "";

  @Option(
      names = "--database",
      paramLabel = "NAME",
      required = true,
      description = "in which database")
  private String database = "";

  @Option(names = "--source", paramLabel = "ADDRESS", description = "default: 127.0.0.1")
  private String source = "127.0.0.1";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "like 2026-11-21T10:00:00Z; default: now")
  private @Nullable String at;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration; the target's catalog is read for the statement")
  private @Nullable Path config;

  @Option(
      names = "--access",
      paramLabel = "WORDS",
      description = "[indirect] OPERATION KIND [NAME]; may be repeated")
  private List<String> accesses = new ArrayList<>();

  @Option(names = "--trait", paramLabel = "WORD", description = "with --access; may be repeated")
  private List<String> traits = new ArrayList<>();

  @Parameters(paramLabel = "SQL", arity = "0..1", description = "the statement")
  private @Nullable String statement;

  ExplainPolicyCommand(CommandReader statements) {
    this.statements = statements;
  }

  @Override
  public Integer call() throws Exception {
    if (config == null) {
      Policy policy = Policy.load(PolicyFiles.of(policies), MaskDefinitions.withAnyKeys());
      explain(policy, command(statements));
      return ExitCode.DONE;
    }
    try (TargetStatements live = TargetStatements.open(config, Environment.ofProcess())) {
      protocol = live.protocol(target).orElse(protocol);
      Policy policy = Policy.load(PolicyFiles.of(policies), live.masks());
      Verdict verdict = explain(policy, command(live));
      if (statement != null) {
        Asked asked = new Asked(caller(), target(), database, statement);
        live.preview(policy, asked, verdict).forEach(spec.commandLine().getOut()::println);
      }
    }
    return ExitCode.DONE;
  }

  private Verdict explain(Policy policy, Command command) {
    Explanation explanation =
        policy.explain(caller(), target(), database, command, circumstances());
    PrintWriter out = spec.commandLine().getOut();
    CommandText.describe(command).forEach(out::println);
    out.println();
    explanation.rules().forEach(finding -> out.println(line(finding)));
    out.println();
    out.println(CommandText.describe(explanation.verdict()));
    out.println("because " + explanation.why());
    RecordTerms terms = policy.recordTerms(explanation.verdict().rule());
    if (!terms.equals(RecordTerms.DEFAULT)) {
      out.println(CommandText.describe(terms));
    }
    policy
        .omits(target(), database, command)
        .ifPresent(rule -> out.println("on record without text, values and results, by " + rule));
    out.println("policy " + policy.digest());
    return explanation.verdict();
  }

  private static String line(Explanation.RuleFinding finding) {
    return "%s %-5s %s: %s"
        .formatted(
            finding.matched() ? "*" : " ", finding.kind().word(), finding.rule(), finding.why());
  }

  private Caller caller() {
    return new Caller(
        caller,
        Set.copyOf(groups),
        ProofMethod.LOCAL_PASSWORD,
        Optional.ofNullable(actor),
        agent ? CallerKind.AGENT : CallerKind.PERSON);
  }

  /** That of the configuration, where there is one. */
  private Target target() {
    return new Target(target, protocol);
  }

  private Command command(CommandReader reader) {
    if (statement != null && accesses.isEmpty()) {
      return reader.read(target, database, statement);
    }
    if (statement != null || accesses.isEmpty()) {
      throw usage("give a statement, or --access, and not both");
    }
    Set<Trait> known =
        traits.stream().map(word -> read(word, CommandText::trait)).collect(Collectors.toSet());
    return CommandText.command(
        accesses.stream().map(words -> read(words, CommandText::access)).toList(),
        known,
        Certainty.EXACT);
  }

  private Circumstances circumstances() {
    return new Circumstances(
        at == null ? Instant.now() : read(at, Instant::parse),
        read(source, InetAddress::ofLiteral),
        BindValues.NONE);
  }

  private <T> T read(String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw usage("\"" + text + "\": " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

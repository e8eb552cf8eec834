package io.gatehouse.appliance.policy;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Problem;
import io.gatehouse.plugin.BindValues;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.plugin.Target;
import io.gatehouse.plugin.Verdict;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Policies from text, and commands in words. */
final class Policies {
  static final Caller ALICE = Caller.of("alice", Set.of("analysts"), ProofMethod.LOCAL_PASSWORD);
  static final Target ORDERS = new Target("orders-db", Target.Protocol.POSTGRESQL);
  static final Instant NOON = Instant.parse("2026-01-07T12:00:00Z");
  static final InetAddress OFFICE = InetAddress.ofLiteral("10.1.2.3");
  static final Circumstances USUAL = new Circumstances(NOON, OFFICE, BindValues.NONE);

  private Policies() {}

  static Policy policy(String yaml) throws InvalidFileException {
    return Policy.of(List.of(source("policy.yaml", yaml)), MaskCheck.NONE);
  }

  static PolicySource source(String name, String yaml) {
    return new PolicySource(Path.of(name), yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** Each problem as it is printed. */
  static List<String> problems(String... yamls) {
    List<PolicySource> sources =
        yamls.length == 1
            ? List.of(source("policy.yaml", yamls[0]))
            : Stream.iterate(0, i -> i < yamls.length, i -> i + 1)
                .map(i -> source("p" + (i + 1) + ".yaml", yamls[i]))
                .toList();
    return catchThrowableOfType(
            InvalidFileException.class, () -> Policy.of(sources, MaskCheck.NONE))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  static Command command(String... accesses) {
    return command(Set.of(), accesses);
  }

  /** Traits by their words. */
  static Command command(Set<String> traits, String... accesses) {
    return CommandText.command(
        Stream.of(accesses).map(CommandText::access).toList(),
        traits.stream().map(CommandText::trait).collect(Collectors.toSet()),
        Certainty.EXACT);
  }

  static Command outline(String... accesses) {
    return CommandText.command(
        Stream.of(accesses).map(CommandText::access).toList(), Set.of(), Certainty.OUTLINE);
  }

  static Plan plan(Policy policy, Command command) {
    return policy.plan(ALICE, ORDERS, "orders", command);
  }

  static Verdict verdict(Policy policy, Command command) {
    return plan(policy, command).decide(USUAL);
  }

  static Verdict verdict(String yaml, Command command) throws InvalidFileException {
    return verdict(policy(yaml), command);
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.policy.CommandReader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse policy}: the group. */
@Command(
    name = "policy",
    description = "Checks, explains, tests and activates policies.",
    mixinStandardHelpOptions = true)
final class PolicyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group(Passwords passwords, CommandReader statements) {
    return new CommandLine(new PolicyCommand())
        .addSubcommand("check", new CheckPolicyCommand())
        .addSubcommand("explain", new ExplainPolicyCommand(statements))
        .addSubcommand("test", new TestPolicyCommand(statements))
        .addSubcommand("activate", new ActivatePolicyCommand(passwords));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: check, explain, test, activate");
  }
}

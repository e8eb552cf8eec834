package io.gatehouse.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse token}: the group. */
@Command(
    name = "token",
    description = "Revokes tokens of identity providers.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group() {
    return new CommandLine(new TokenCommand())
        .addSubcommand("revoke", new RevokeTokenCommand(() -> System.in));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what to do: revoke");
  }
}

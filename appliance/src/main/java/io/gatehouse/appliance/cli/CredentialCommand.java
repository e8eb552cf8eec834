package io.gatehouse.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse credential}: the group. */
@Command(
    name = "credential",
    description = "Lists and revokes credentials that the gate issued.",
    mixinStandardHelpOptions = true)
final class CredentialCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group() {
    return new CommandLine(new CredentialCommand())
        .addSubcommand("list", new ListCredentialsCommand())
        .addSubcommand("revoke", new RevokeCredentialCommand());
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what to do: list, revoke");
  }
}

package io.gatehouse.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse pins}: the group. */
@Command(
    name = "pins",
    description = "Shows and accepts what servers say of their tools and prompts.",
    mixinStandardHelpOptions = true)
final class PinsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group() {
    return new CommandLine(new PinsCommand())
        .addSubcommand("list", new ListPinsCommand())
        .addSubcommand("show", new ShowPinCommand())
        .addSubcommand("accept", new AcceptPinCommand())
        .addSubcommand("forget", new ForgetPinCommand());
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what to do: list, show, accept, forget");
  }
}

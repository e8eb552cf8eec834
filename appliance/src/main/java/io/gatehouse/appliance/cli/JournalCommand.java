package io.gatehouse.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal}: the group. */
@Command(
    name = "journal",
    description = "Says what becomes of what is on record.",
    mixinStandardHelpOptions = true)
final class JournalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group() {
    return new CommandLine(new JournalCommand()).addSubcommand("order", OrderCommand.group());
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what to do: order");
  }
}

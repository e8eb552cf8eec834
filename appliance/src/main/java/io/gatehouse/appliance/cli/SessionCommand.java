package io.gatehouse.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse session}: the group. */
@Command(
    name = "session",
    description = "Ends live sessions. Who is there, the journal says: gatehouse journal sessions.",
    mixinStandardHelpOptions = true)
final class SessionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group() {
    return new CommandLine(new SessionCommand()).addSubcommand("kill", new KillSessionCommand());
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what to do: kill");
  }
}

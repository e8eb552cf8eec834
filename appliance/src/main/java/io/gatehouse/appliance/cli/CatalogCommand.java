package io.gatehouse.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse catalog}: the group. */
@Command(
    name = "catalog",
    description = "Looks at what targets hold.",
    mixinStandardHelpOptions = true)
final class CatalogCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group() {
    return new CommandLine(new CatalogCommand()).addSubcommand("scan", new ScanCatalogCommand());
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what to do: scan");
  }
}

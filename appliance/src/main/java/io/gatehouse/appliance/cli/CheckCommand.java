package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse config check}: reads all that serve would read, and starts nothing. */
@Command(
    name = "check",
    description = "Says everything that is wrong with a configuration and the files it names.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "the configuration")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    Appliance.check(file, Environment.ofProcess());
    spec.commandLine().getOut().println(file + ": no problems");
    return ExitCode.DONE;
  }
}

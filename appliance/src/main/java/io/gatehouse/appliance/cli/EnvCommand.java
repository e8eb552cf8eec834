package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.client.Login;
import io.gatehouse.appliance.client.LoginFile;
import io.gatehouse.appliance.client.Shell;
import io.gatehouse.appliance.client.Surroundings;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse env}: the credential as an environment, for a shell. */
@Command(
    name = "env",
    description = {
      "Prints the environment for programs on libpq, quoted for sh.",
      "Use it so: eval \"$$(gatehouse env OFFER)\""
    },
    mixinStandardHelpOptions = true)
final class EnvCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final BooleanSupplier terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "OFFER", description = "one of those that gatehouse login names")
  private String name = "";

  EnvCommand(Surroundings surroundings, BooleanSupplier terminal) {
    this.surroundings = surroundings;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Login login = LoginFile.of(surroundings.environment()).read();
    if (terminal.getAsBoolean()) {
      spec.commandLine()
          .getErr()
          .println(
              "gatehouse: this is a terminal, which now shows a password; use it as"
                  + " eval \"$(gatehouse env "
                  + Terminal.safely(name)
                  + ")\", or gatehouse connect");
    }
    spec.commandLine()
        .getOut()
        .print(
            Shell.exports(
                login
                    .offer(name, surroundings.clock().instant())
                    .environment(login, surroundings.environment())));
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.client.Login;
import io.gatehouse.appliance.client.LoginFile;
import io.gatehouse.appliance.client.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse connect}: a program with the credential in its environment. */
@Command(
    name = "connect",
    description = {
      "Runs a command with the credential in its environment, never in its arguments.",
      "It has this command's input and output, gets its signals, and gives it its exit code."
    },
    mixinStandardHelpOptions = true)
final class ConnectCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "OFFER",
      description = "one of those that gatehouse login names")
  private String name = "";

  @Parameters(
      index = "1..*",
      paramLabel = "-- COMMAND",
      description = "what to run, such as -- psql -c 'select 1'")
  private List<String> command = new ArrayList<>();

  ConnectCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What stands behind the offer is the command's own, whatever it looks like. */
  static CommandLine group(Surroundings surroundings) {
    return new CommandLine(new ConnectCommand(surroundings)).setStopAtPositional(true);
  }

  @Override
  public Integer call() throws Exception {
    List<String> words = new ArrayList<>(command);
    if (!words.isEmpty() && words.getFirst().equals("--")) {
      words.removeFirst();
    }
    if (words.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "say what to run: -- COMMAND");
    }
    Login login = LoginFile.of(surroundings.environment()).read();
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder
        .environment()
        .putAll(
            login
                .offer(name, surroundings.clock().instant())
                .environment(login, surroundings.environment()));
    CompletableFuture<Process> child = new CompletableFuture<>();
    Signals.passTo(child, Terminal.input());
    child.complete(builder.start());
    return child.join().waitFor();
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse serve}: runs until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Runs the gate.",
      "SIGTERM and SIGINT let sessions finish, within the limit drain-seconds; a second one ends"
          + " at once.",
      "SIGHUP reads users, certificates, held credentials, keys of masks and the policy again."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the configuration")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    // From the beginning: it may be told to stop as soon as it says that it is ready.
    CompletableFuture<Appliance> started = new CompletableFuture<>();
    Signals signals = Signals.reloading(() -> started.join().reload());
    try (Appliance appliance = Appliance.start(file, Environment.ofProcess())) {
      started.complete(appliance);
      signals.awaitStop();
    }
    return ExitCode.DONE;
  }
}

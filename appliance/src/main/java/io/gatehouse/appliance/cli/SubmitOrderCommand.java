package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.config.ConfigFile;
import io.gatehouse.appliance.config.JournalConfig;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.journal.keep.Order;
import io.gatehouse.appliance.journal.keep.OrderFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal order submit}: to the running gate. */
@Command(
    name = "submit",
    description = {
      "Hands an order to the gate, which carries it out or refuses it within seconds;",
      "what came of it is in its log and on record."
    },
    mixinStandardHelpOptions = true)
final class SubmitOrderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the configuration of the gate")
  private Path config = Path.of("");

  @Parameters(paramLabel = "ORDER", description = "the file")
  private Path file = Path.of("");

  @Override
  public Integer call() throws Exception {
    JournalConfig journal =
        ConfigFile.load(config, Environment.ofProcess())
            .journal()
            .orElseThrow(() -> new IOException(config + " has no journal"));
    Order order = OrderFile.read(file);
    if (order.signatures().size() < order.action().operators()) {
      throw new IOException(
          "%s has %d signatures and needs %d; nothing was handed in"
              .formatted(file, order.signatures().size(), order.action().operators()));
    }
    Path handedIn = OrderFolder.open(journal.directory()).put(order);
    spec.commandLine().getOut().println(handedIn + ": the running gate takes it from here");
    return ExitCode.DONE;
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.keep.Action;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal order prune}: what is old is to be made unreadable. */
@Command(
    name = "prune",
    description = {
      "Orders that records of a retention class are made unreadable for good.",
      "Another operator has to sign it too."
    },
    mixinStandardHelpOptions = true)
final class PruneOrderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private NewOrderOptions order = new NewOrderOptions();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      required = true,
      description = "the retention class")
  private String retention = "";

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "only what is older; default: all that the class need not keep")
  private @Nullable String until;

  @Override
  public Integer call() throws Exception {
    Instant limit = until == null ? null : NewOrderOptions.time(until);
    spec.commandLine().getOut().println(order.write(new Action.Prune(retention, limit)));
    return ExitCode.DONE;
  }
}

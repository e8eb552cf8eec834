package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.keep.Action;
import io.gatehouse.appliance.journal.keep.Covered;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal order hold}: what it covers is not to be pruned. */
@Command(
    name = "hold",
    description = {
      "Orders that records are kept from being pruned until the hold is lifted.",
      "The name is in clear text in the journal: not a person's."
    },
    mixinStandardHelpOptions = true)
final class HoldOrderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private NewOrderOptions order = new NewOrderOptions();

  @Option(names = "--from", paramLabel = "DATE", description = "records from then on; default: all")
  private @Nullable String from;

  @Option(names = "--until", paramLabel = "DATE", description = "records before; default: all")
  private @Nullable String until;

  @Option(
      names = "--session",
      paramLabel = "UUID",
      description = "records of this session; may be repeated; default: of all")
  private List<UUID> sessions = new ArrayList<>();

  @Parameters(paramLabel = "NAME", description = "what it is lifted by")
  private String name = "";

  @Override
  public Integer call() throws Exception {
    Covered covered =
        new Covered(
            from == null ? null : NewOrderOptions.time(from),
            until == null ? null : NewOrderOptions.time(until),
            sessions);
    spec.commandLine().getOut().println(order.write(new Action.Hold(name, covered)));
    return ExitCode.DONE;
  }
}

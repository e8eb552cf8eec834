package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.keep.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal order lift}: a hold is to end. */
@Command(
    name = "lift",
    description = "Orders that a hold ends. Another operator has to sign it too.",
    mixinStandardHelpOptions = true)
final class LiftOrderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private NewOrderOptions order = new NewOrderOptions();

  @Parameters(paramLabel = "NAME", description = "of the hold")
  private String name = "";

  @Override
  public Integer call() throws Exception {
    spec.commandLine().getOut().println(order.write(new Action.Lift(name)));
    return ExitCode.DONE;
  }
}

package io.gatehouse.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal order}: the group. */
@Command(
    name = "order",
    description = {
      "Writes, signs and hands in orders to prune, to hold and to lift a hold.",
      "The running gate carries them out; docs/journal.md says how many operators each needs."
    },
    mixinStandardHelpOptions = true)
final class OrderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group() {
    return new CommandLine(new OrderCommand())
        .addSubcommand("prune", new PruneOrderCommand())
        .addSubcommand("hold", new HoldOrderCommand())
        .addSubcommand("lift", new LiftOrderCommand())
        .addSubcommand("sign", new SignOrderCommand())
        .addSubcommand("submit", new SubmitOrderCommand());
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: prune, hold, lift, sign, submit");
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.show.Paper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse pins show}: what counts, and in what the server's word now differs. */
@Command(
    name = "show",
    description = {
      "Shows the definition that counts; where another is pending, in what it differs:",
      "- is what was accepted, + what the server says now."
    },
    mixinStandardHelpOptions = true)
final class ShowPinCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PinOptions options = new PinOptions();

  @Override
  public Integer call() throws Exception {
    Paper paper = new Paper(spec.commandLine().getOut());
    try (StoreUse use = options.open()) {
      PinOptions.print(options.find(use), paper);
    }
    paper.flush();
    return ExitCode.DONE;
  }
}

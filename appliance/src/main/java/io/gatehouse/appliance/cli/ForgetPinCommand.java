package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.pin.PinMode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse pins forget}: as if it had never been seen. */
@Command(
    name = "forget",
    description = "Forgets a definition: the next one that the server gives is the first again.",
    mixinStandardHelpOptions = true)
final class ForgetPinCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PinOptions options = new PinOptions();

  @Override
  public Integer call() throws Exception {
    PinMode mode;
    try (StoreUse use = options.open()) {
      options.find(use);
      mode = use.pins(options.key().target());
      use.await(use.store().pins().forget(options.key()));
      use.note("pins forget", options.words(""), spec.commandLine().getErr());
    }
    spec.commandLine()
        .getOut()
        .println(
            switch (mode) {
              case FIRST_USE -> "forgotten; what the server lists next counts";
              case REVIEWED -> "forgotten; what the server lists next has to be accepted";
              case OFF -> "forgotten; the target has pins: off";
            });
    return ExitCode.DONE;
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.control.Pins;
import io.gatehouse.appliance.journal.show.Paper;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse pins accept}: what the server says now counts from now on. */
@Command(
    name = "accept",
    description = {
      "Accepts the pending definition: gates show and call it again.",
      "Without --digest it is the one that is pending now, which is printed."
    },
    mixinStandardHelpOptions = true)
final class AcceptPinCommand implements Callable<Integer> {
  private static final int SHORTEST = 12;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PinOptions options = new PinOptions();

  @Option(
      names = "--digest",
      paramLabel = "HEX",
      description = "only this one, as pins show has it; its first 12 digits are enough")
  private @Nullable String digest;

  @Override
  public Integer call() throws Exception {
    if (digest != null && digest.length() < SHORTEST) {
      throw new ParameterException(
          spec.commandLine(), "--digest must have at least its first " + SHORTEST + " digits");
    }
    Paper paper = new Paper(spec.commandLine().getOut());
    try (StoreUse use = options.open()) {
      Pins.Texts texts = options.find(use);
      String pending = pending(texts);
      if (digest == null) {
        PinOptions.print(texts, paper);
      }
      boolean accepted =
          use.await(
              use.store()
                  .pins()
                  .accept(options.key(), pending, operator(), InstantSource.system().instant()));
      if (!accepted) {
        throw new IOException(
            "the server says something else by now, so nothing was accepted; look at it again");
      }
      use.note("pins accept", options.words(pending), spec.commandLine().getErr());
    }
    paper.line("accepted; gates show it within 3 s");
    paper.flush();
    return ExitCode.DONE;
  }

  private String pending(Pins.Texts texts) throws IOException {
    String pending = texts.pin().digests().pending();
    if (pending == null) {
      throw new IOException("nothing is pending: what the server says is accepted already");
    }
    if (digest != null && !pending.startsWith(digest)) {
      throw new IOException(
          "the pending definition is " + pending + ", so nothing was accepted; look at it again");
    }
    return pending;
  }

  /** The system's word for who it is. */
  private static String operator() {
    return ProcessHandle.current().info().user().orElse("unknown");
  }
}

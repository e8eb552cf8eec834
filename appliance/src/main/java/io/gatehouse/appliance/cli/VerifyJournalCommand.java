package io.gatehouse.appliance.cli;

import io.gatehouse.verifier.Main;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal verify}: the verifier, which is also a program of its own. */
@Command(
    name = "verify",
    description = {
      "Verifies a journal by its files and the public key alone. Reads no secret, leaves no note.",
      "Ends with the verifier's own exit codes: 0 if all that was signed is there and unchanged."
    },
    mixinStandardHelpOptions = true)
final class VerifyJournalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "the journal's directory, or a copy of it")
  private String directory = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      required = true,
      description = "a verifier key, or a file of them")
  private String key = "";

  @Option(
      names = "--since",
      paramLabel = "CHECKPOINT",
      description = "a checkpoint that was kept outside")
  private @Nullable String since;

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>(List.of(directory, "--key", key));
    if (since != null) {
      arguments.add("--since");
      arguments.add(since);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (PrintStream lines = new PrintStream(new Lines(out), true, StandardCharsets.UTF_8)) {
      return Main.run(arguments, lines);
    } finally {
      out.flush();
    }
  }

  /** The verifier knows streams of bytes only. */
  private static final class Lines extends OutputStream {
    private final PrintWriter out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void write(int one) {
      line.write(one);
      if (one == '\n') {
        out.print(line.toString(StandardCharsets.UTF_8));
        out.flush();
        line.reset();
      }
    }
  }
}

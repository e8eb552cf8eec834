package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.show.Paper;
import io.gatehouse.appliance.journal.show.Transcript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal show}: what was said in a session. */
@Command(
    name = "show",
    description = {
      "Prints a session: its commands, verdicts, outcomes, and results that are on record.",
      "Results are as the caller saw them, with masks."
    },
    mixinStandardHelpOptions = true)
final class ShowSessionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Option(names = "--values", description = "with literals and bind values")
  private boolean values;

  @Parameters(paramLabel = "SESSION", description = "as sessions and search print it")
  private UUID session = new UUID(0, 0);

  static List<String> words(UUID session, boolean values) {
    List<String> words = new ArrayList<>(List.of(session.toString()));
    if (values) {
      words.add("--values");
    }
    return words;
  }

  static IOException absent(UUID session) {
    return new IOException("no session " + session + " is on record");
  }

  @Override
  public Integer call() throws Exception {
    Paper paper = new Paper(spec.commandLine().getOut());
    Transcript transcript = new Transcript(paper, values);
    try (JournalReading reading = JournalReading.open(config, "show", words(session, values))) {
      long[] shown = new long[1];
      reading
          .search()
          .records(
              session,
              entry -> {
                transcript.add(entry, reading.reader().content(entry));
                shown[0]++;
                return transcript.wanted();
              });
      transcript.end();
      reading.done(shown[0]);
      if (shown[0] == 0) {
        throw absent(session);
      }
    }
    return ExitCode.DONE;
  }
}

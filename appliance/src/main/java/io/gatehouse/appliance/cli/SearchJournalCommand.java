package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.index.Query;
import io.gatehouse.appliance.journal.show.Paper;
import io.gatehouse.appliance.journal.show.Summary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal search}: commands, by what they touched and who gave them. */
@Command(
    name = "search",
    description = {
      "Finds commands, one a line, the oldest first, without their values.",
      "All options have to fit. Names are compared without regard to case."
    },
    mixinStandardHelpOptions = true)
final class SearchJournalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Mixin private CommandFilter filter = new CommandFilter();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "the most lines; default: 1000")
  private long limit;

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be at least 1");
    }
    Query query = filter.query(spec);
    Paper paper = new Paper(spec.commandLine().getOut());
    try (JournalReading reading = JournalReading.open(config, "search", filter.words())) {
      long[] shown = new long[1];
      boolean all =
          reading
              .search()
              .commands(
                  query,
                  hit -> {
                    if (shown[0] == limit) {
                      return false;
                    }
                    paper.line(Summary.of(hit));
                    shown[0]++;
                    return paper.wanted();
                  });
      paper.flush();
      if (!all && shown[0] == limit) {
        spec.commandLine().getErr().println("there is more: --limit " + limit);
      }
      reading.done(shown[0]);
    }
    return ExitCode.DONE;
  }
}

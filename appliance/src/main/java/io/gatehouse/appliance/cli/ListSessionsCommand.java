package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.index.Opening;
import io.gatehouse.appliance.journal.show.Paper;
import io.gatehouse.appliance.journal.show.Summary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal sessions}: who was there. */
@Command(
    name = "sessions",
    description = "Lists sessions that were opened, one a line.",
    mixinStandardHelpOptions = true)
final class ListSessionsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Mixin private JournalFilter filter = new JournalFilter();

  @Override
  public Integer call() throws Exception {
    var query = filter.query(spec);
    Paper paper = new Paper(spec.commandLine().getOut());
    try (JournalReading reading = JournalReading.open(config, "sessions", filter.words())) {
      long[] shown = new long[1];
      reading
          .search()
          .sessions(
              query,
              (Opening opening) -> {
                paper.line(Summary.of(opening, reading.search().closing(opening)));
                shown[0]++;
                return paper.wanted();
              });
      paper.flush();
      reading.done(shown[0]);
    }
    return ExitCode.DONE;
  }
}

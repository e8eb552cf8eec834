package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.show.Pace;
import io.gatehouse.appliance.journal.show.Paper;
import io.gatehouse.appliance.journal.show.Transcript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal replay}: a session as it went. */
@Command(
    name = "replay",
    description = "Prints a session as show does, at the pace at which it went.",
    mixinStandardHelpOptions = true)
final class ReplaySessionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Option(names = "--values", description = "with literals and bind values")
  private boolean values;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "so many times as fast; default: 1")
  private double speed;

  @Option(
      names = "--max-pause",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "the longest pause; default: 10")
  private double mostPause;

  @Parameters(paramLabel = "SESSION", description = "as sessions and search print it")
  private UUID session = new UUID(0, 0);

  @Override
  public Integer call() throws Exception {
    if (!(speed > 0) || !(mostPause >= 0) || mostPause > Integer.MAX_VALUE) {
      throw new ParameterException(
          spec.commandLine(), "--speed must be above 0, --max-pause not below");
    }
    Paper paper = new Paper(spec.commandLine().getOut());
    Transcript transcript = new Transcript(paper, values);
    Duration most = Duration.ofNanos((long) (mostPause * 1e9));
    Pace pace = new Pace(speed, most, ReplaySessionCommand::wait);
    List<String> words = ShowSessionCommand.words(session, values);
    try (JournalReading reading = JournalReading.open(config, "replay", words)) {
      long[] shown = new long[1];
      reading
          .search()
          .records(
              session,
              entry -> {
                paper.flush();
                pace.next(entry.row());
                transcript.add(entry, reading.reader().content(entry));
                shown[0]++;
                return transcript.wanted();
              });
      transcript.end();
      reading.done(shown[0]);
      if (shown[0] == 0) {
        throw ShowSessionCommand.absent(session);
      }
    }
    return ExitCode.DONE;
  }

  private static void wait(Duration pause) {
    long end = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}

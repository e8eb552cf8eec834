package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.journal.index.Query;
import io.gatehouse.appliance.journal.show.Export;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal export}: records for other programs. */
@Command(
    name = "export",
    description = {
      "Writes records for other programs, one a line, to standard output: all of them, whole",
      "sessions (--caller, --target), or commands with what became of them (the other options)."
    },
    mixinStandardHelpOptions = true)
final class ExportJournalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the gate's configuration")
  private Path config = Path.of("");

  @Option(names = "--format", paramLabel = "FORMAT", required = true, description = "jsonl or csv")
  private Export.Format format = Export.Format.JSONL;

  @Option(names = "--values", description = "with literals and bind values")
  private boolean values;

  @Mixin private CommandFilter filter = new CommandFilter();

  @Override
  public Integer call() throws Exception {
    Query query = filter.query(spec);
    List<String> words = filter.words();
    words.add("--format " + format.name().toLowerCase(Locale.ROOT));
    if (values) {
      words.add("--values");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (JournalReading reading = JournalReading.open(config, "export", words)) {
      Export export = new Export(out, format, values);
      reading.search().select(query, entry -> export.add(entry, reading.reader().content(entry)));
      out.flush();
      reading.done(export.lines());
    }
    return ExitCode.DONE;
  }
}

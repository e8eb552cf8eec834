package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.TargetStatements;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.scan.ProposalFile;
import io.gatehouse.appliance.scan.Scan;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse catalog scan}: proposes tags; changes nothing. */
@Command(
    name = "scan",
    description = {
      "Samples the tables of a target and proposes tags for columns, as a file to review.",
      "Reads only, at most --sample rows of each table; no value is written anywhere.",
      "Ends with status 1 if something could not be looked at; the file says what."
    },
    mixinStandardHelpOptions = true)
final class ScanCatalogCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 5_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the configuration; the target is asked through its held credential")
  private Path config = Path.of("");

  @Option(names = "--target", paramLabel = "NAME", required = true, description = "which target")
  private String target = "";

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "which database, where the target's configuration does not say")
  private @Nullable String database;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "500",
      description = "the most rows of each table, up to " + MOST_ROWS + "; default: 500")
  private int sample;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "a new file for the proposal; default: standard output")
  private @Nullable Path out;

  @Override
  public Integer call() throws Exception {
    if (sample < 1 || sample > MOST_ROWS) {
      throw new ParameterException(
          spec.commandLine(), "--sample must be a number from 1 to " + MOST_ROWS);
    }
    if (out != null && Files.exists(out)) {
      throw exists(out);
    }
    try (TargetStatements live = TargetStatements.open(config, Environment.ofProcess())) {
      Optional<String> opened = live.database(target, Optional.ofNullable(database));
      if (opened.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "the target opens what clients ask for: say --database");
      }
      if (database != null && !database.equals(opened.get())) {
        throw new ParameterException(
            spec.commandLine(), "the target opens the database " + opened.get() + " and no other");
      }
      Scan scan = live.scan(target, opened.get(), sample);
      String where = "database " + opened.get() + " of target " + target;
      write(ProposalFile.of(scan, where, sample, Instant.now()), scan);
      return scan.complete() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private void write(String text, Scan scan) throws Exception {
    if (out == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      return;
    }
    try {
      Files.writeString(out, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw exists(out);
    }
    spec.commandLine().getOut().println(out + ": " + scan.summary());
  }

  private static IllegalStateException exists(Path file) {
    return new IllegalStateException(
        file + " is there already, and somebody may have worked on it; name another");
  }
}

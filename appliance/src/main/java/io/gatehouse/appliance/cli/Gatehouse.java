package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.policy.CommandReader;
import io.gatehouse.appliance.yaml.InvalidFileException;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code gatehouse} and its list of subcommands. */
@Command(
    name = "gatehouse",
    description = "The checkpoint in front of databases.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it could not be done",
      "2:the command line makes no sense",
      "3:a file that was given has problems"
    })
final class Gatehouse implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Gatehouse() {}

  static CommandLine commandLine(Passwords passwords) {
    return commandLine(passwords, CommandReader.NONE);
  }

  static CommandLine commandLine(Passwords passwords, CommandReader statements) {
    return new CommandLine(new Gatehouse())
        .addSubcommand("serve", new ServeCommand())
        .addSubcommand("config", group(new ConfigCommand()).addSubcommand(new CheckCommand()))
        .addSubcommand(
            "user", group(new UserCommand()).addSubcommand(new AddUserCommand(passwords)))
        .addSubcommand("policy", PolicyCommand.group(passwords, statements))
        .addSubcommand("catalog", CatalogCommand.group())
        .addSubcommand("journal", JournalCommand.group())
        .addSubcommand("demo", new DemoCommand())
        .addSubcommand("version", new VersionCommand())
        .setExecutionExceptionHandler(Gatehouse::explain);
  }

  private static CommandLine group(Object command) {
    return new CommandLine(command);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }

  private static int explain(Exception fault, CommandLine command, ParseResult parsed) {
    if (fault instanceof InvalidFileException invalid) {
      invalid.problems().forEach(problem -> command.getErr().println(problem));
      return ExitCode.INVALID_FILE;
    }
    command.getErr().println("gatehouse: " + words(fault));
    LoggerFactory.getLogger(Gatehouse.class).debug("the command failed", fault);
    return ExitCode.FAILED;
  }

  private static String words(Exception fault) {
    String message = fault.getMessage();
    return switch (fault) {
      case java.nio.file.NoSuchFileException missing -> "there is no file " + missing.getFile();
      case java.nio.file.AccessDeniedException denied -> "no permission for " + denied.getFile();
      default -> message == null ? fault.toString() : message;
    };
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.client.Surroundings;
import io.gatehouse.appliance.policy.CommandReader;
import io.gatehouse.appliance.yaml.InvalidFileException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    return of(subcommands(passwords, statements).values());
  }

  /** With no more than these arguments can mean: describing all commands takes a while. */
  static CommandLine commandLine(Passwords passwords, String... arguments) {
    Map<String, Supplier<CommandLine>> all = subcommands(passwords, CommandReader.NONE);
    Supplier<CommandLine> meant = arguments.length == 0 ? null : all.get(arguments[0]);
    return of(meant == null ? all.values() : List.of(meant));
  }

  private static CommandLine of(Collection<Supplier<CommandLine>> subcommands) {
    CommandLine command = new CommandLine(new Gatehouse());
    subcommands.forEach(
        subcommand -> {
          CommandLine line = subcommand.get();
          command.addSubcommand(line.getCommandName(), line);
        });
    return command.setExecutionExceptionHandler(Gatehouse::explain);
  }

  /** By name, in the order in which they are listed. */
  private static Map<String, Supplier<CommandLine>> subcommands(
      Passwords passwords, CommandReader statements) {
    Map<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
    all.put("serve", () -> group(new ServeCommand()));
    all.put("config", () -> group(new ConfigCommand()).addSubcommand(new CheckCommand()));
    all.put("user", () -> group(new UserCommand()).addSubcommand(new AddUserCommand(passwords)));
    all.put("session", SessionCommand::group);
    all.put("credential", CredentialCommand::group);
    all.put("token", TokenCommand::group);
    all.put("pins", PinsCommand::group);
    all.put("policy", () -> PolicyCommand.group(passwords, statements));
    all.put("catalog", CatalogCommand::group);
    all.put("journal", JournalCommand::group);
    all.put("login", () -> group(new LoginCommand(Surroundings.ofProcess())));
    all.put("connect", () -> ConnectCommand.group(Surroundings.ofProcess()));
    all.put("env", () -> group(new EnvCommand(Surroundings.ofProcess(), Terminal::output)));
    all.put("logout", () -> group(new LogoutCommand(Surroundings.ofProcess())));
    all.put("demo", () -> group(new DemoCommand()));
    all.put("version", () -> group(new VersionCommand()));
    return all;
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

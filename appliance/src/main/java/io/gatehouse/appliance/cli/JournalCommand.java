package io.gatehouse.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse journal}: the group. */
@Command(
    name = "journal",
    description = "Verifies, searches, shows, exports and prunes the journal.",
    mixinStandardHelpOptions = true)
final class JournalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  static CommandLine group() {
    return new CommandLine(new JournalCommand())
        .addSubcommand("verify", new VerifyJournalCommand())
        .addSubcommand("sessions", new ListSessionsCommand())
        .addSubcommand("search", new SearchJournalCommand())
        .addSubcommand("show", new ShowSessionCommand())
        .addSubcommand("replay", new ReplaySessionCommand())
        .addSubcommand("export", new ExportJournalCommand())
        .addSubcommand("keygen", new GenerateKeysCommand())
        .addSubcommand("order", OrderCommand.group())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: verify, sessions, search, show, replay, export, keygen, order");
  }
}

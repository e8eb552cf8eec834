package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse user add}: one user more in a users file, or a new password for one. */
@Command(
    name = "add",
    description = {
      "Adds a user to a users file, or replaces one.",
      "The password comes from the terminal, or as one line from standard input."
    },
    mixinStandardHelpOptions = true)
final class AddUserCommand implements Callable<Integer> {
  private final Passwords passwords;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "the users file; made if it is not there")
  private Path file = Path.of("");

  @Option(names = "--group", paramLabel = "GROUP", description = "a group; may be repeated")
  private List<String> groups = new ArrayList<>();

  @Parameters(paramLabel = "NAME", description = "the name the user logs in with")
  private String name = "";

  AddUserCommand(Passwords passwords) {
    this.passwords = passwords;
  }

  @Override
  public Integer call() throws Exception {
    requireName(name);
    groups.forEach(this::requireName);
    try (Secret password = passwords.ask(name)) {
      if (password.bytes().length == 0) {
        throw new IOException("the password is empty; nothing was changed");
      }
      ScramVerifier verifier =
          ScramVerifier.derive(password, ScramVerifier.DEFAULT_ITERATIONS, new SecureRandom());
      UsersFile.put(file, new User(name, verifier, Set.copyOf(groups)));
    }
    spec.commandLine()
        .getOut()
        .println(file + ": " + name + " can log in after the next start or SIGHUP of the gate");
    return ExitCode.DONE;
  }

  private void requireName(String candidate) {
    if (!UsersFile.acceptableName(candidate)) {
      throw new ParameterException(
          spec.commandLine(),
          "a name has 1 to 128 characters without quotes, backslashes or control characters");
    }
  }
}

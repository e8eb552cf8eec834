package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.MaskDefinitions;
import io.gatehouse.appliance.TargetStatements;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.policy.Activation;
import io.gatehouse.appliance.policy.MaskCheck;
import io.gatehouse.appliance.policy.PolicyStore;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse policy activate}: a checked policy into the store, under an operator's name. */
@Command(
    name = "activate",
    description = {
      "Checks a policy and puts it into force as a whole, on record under the operator's name.",
      "The operator is a user with the group " + Operators.GROUP + "; the password comes from the",
      "terminal, or as one line from standard input. A running gate takes the policy at SIGHUP."
    },
    mixinStandardHelpOptions = true)
final class ActivatePolicyCommand implements Callable<Integer> {
  private final Passwords passwords;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      required = true,
      description = "where the gate takes its policy from; made if it is not there")
  private Path store = Path.of("");

  @Option(names = "--users", paramLabel = "FILE", required = true, description = "the users file")
  private Path users = Path.of("");

  @Option(names = "--operator", paramLabel = "NAME", required = true, description = "who you are")
  private String operator = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration; keys that masks name must be in it")
  private @Nullable Path config;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "policy files, or folders of them; together they are one policy")
  private List<Path> places = new ArrayList<>();

  ActivatePolicyCommand(Passwords passwords) {
    this.passwords = passwords;
  }

  @Override
  public Integer call() throws Exception {
    Operators operators = new Operators(UsersFile.load(users));
    try (Secret password = passwords.prove(operator)) {
      if (!operators.proved(operator, password)) {
        throw new IOException(
            operator
                + " did not prove to be an operator (a user with the group "
                + Operators.GROUP
                + "); nothing was changed");
      }
    }
    Activation activation = activate();
    spec.commandLine()
        .getOut()
        .println(
            "%s: policy %s by %s; a running gate takes it at the next SIGHUP"
                .formatted(store, activation.digest(), activation.operator()));
    return ExitCode.DONE;
  }

  private Activation activate() throws Exception {
    if (config == null) {
      return activate(MaskDefinitions.withAnyKeys());
    }
    try (TargetStatements live = TargetStatements.open(config, Environment.ofProcess())) {
      return activate(live.masks());
    }
  }

  private Activation activate(MaskCheck masks) throws InvalidFileException, IOException {
    return new PolicyStore(store, masks).activate(places, operator, Clock.systemUTC());
  }
}

package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.MaskDefinitions;
import io.gatehouse.appliance.MaskReview;
import io.gatehouse.appliance.TargetStatements;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.policy.MaskCheck;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.policy.PolicyFiles;
import io.gatehouse.appliance.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse policy check}: all that is wrong with a policy; changes nothing. */
@Command(
    name = "check",
    description = {
      "Says everything that is wrong with a policy.",
      "With --config, also keys that it does not have, and columns of its targets that the masks"
          + " of",
      "the policy are not defined for; ends with status 1 if a target could not be looked at."
    },
    mixinStandardHelpOptions = true)
final class CheckPolicyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration; its targets are asked for the types of masked columns")
  private @Nullable Path config;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "with --config, a database that is served under \"*\"; may be repeated")
  private List<String> databases = new ArrayList<>();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "policy files, or folders of them; together they are one policy")
  private List<Path> places = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (config == null) {
      return fine(load(MaskDefinitions.withAnyKeys()));
    }
    try (TargetStatements live = TargetStatements.open(config, Environment.ofProcess())) {
      Policy policy = load(live.masks());
      MaskReview review = live.review(policy, Set.copyOf(databases));
      review.notes().forEach(spec.commandLine().getOut()::println);
      if (!review.problems().isEmpty()) {
        throw new InvalidFileException(review.problems());
      }
      return review.complete() ? fine(policy) : ExitCode.FAILED;
    }
  }

  private Policy load(MaskCheck masks) throws InvalidFileException {
    return Policy.load(PolicyFiles.of(places), masks);
  }

  private int fine(Policy policy) {
    spec.commandLine()
        .getOut()
        .println("no problems, " + policy.ruleCount() + " rules, digest " + policy.digest());
    return ExitCode.DONE;
  }
}

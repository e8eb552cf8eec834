package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.policy.PolicyFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse policy check}: all that is wrong with a policy; changes nothing. */
@Command(
    name = "check",
    description = "Says everything that is wrong with a policy.",
    mixinStandardHelpOptions = true)
final class CheckPolicyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "policy files, or folders of them; together they are one policy")
  private List<Path> places = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Policy policy = Policy.load(PolicyFiles.of(places));
    spec.commandLine()
        .getOut()
        .println("no problems, " + policy.ruleCount() + " rules, digest " + policy.digest());
    return ExitCode.DONE;
  }
}

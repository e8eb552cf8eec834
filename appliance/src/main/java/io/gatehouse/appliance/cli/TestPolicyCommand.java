package io.gatehouse.appliance.cli;

import io.gatehouse.appliance.MaskDefinitions;
import io.gatehouse.appliance.TargetStatements;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.policy.CommandReader;
import io.gatehouse.appliance.policy.ExampleFile;
import io.gatehouse.appliance.policy.MaskCheck;
import io.gatehouse.appliance.yaml.InvalidFileException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse policy test}: runs examples against the policies they name. */
@Command(
    name = "test",
    description = "Runs files of examples; an example that gets another verdict is printed.",
    mixinStandardHelpOptions = true)
final class TestPolicyCommand implements Callable<Integer> {
  private final CommandReader statements;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the configuration; examples with statements are read by their targets' catalogs")
  private @Nullable Path config;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "files of examples")
  private List<Path> files = new ArrayList<>();

  TestPolicyCommand(CommandReader statements) {
    this.statements = statements;
  }

  @Override
  public Integer call() throws Exception {
    if (config == null) {
      return run(statements, MaskDefinitions.withAnyKeys());
    }
    try (TargetStatements live = TargetStatements.open(config, Environment.ofProcess())) {
      return run(live, live.masks());
    }
  }

  private int run(CommandReader reader, MaskCheck masks) throws InvalidFileException {
    PrintWriter out = spec.commandLine().getOut();
    int failures = 0;
    for (Path file : files) {
      ExampleFile.Result result = ExampleFile.read(file).run(reader, masks);
      result.failures().forEach(out::println);
      failures += result.failures().size();
      out.println(
          "%s: %d examples, %d failed"
              .formatted(file, result.examples(), result.failures().size()));
    }
    return failures == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }
}

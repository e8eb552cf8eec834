package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.appliance.yaml.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Examples of what a policy should say, and the policy they are for. */
public final class ExampleFile {
  private final List<Path> policies;
  private final List<Example> examples;

  private ExampleFile(List<Path> policies, List<Example> examples) {
    this.policies = policies;
    this.examples = List.copyOf(examples);
  }

  /** What came of a file's examples: how many there are, and what each that failed has to say. */
  public record Result(int examples, List<String> failures) {
    public Result {
      failures = List.copyOf(failures);
    }
  }

  public static ExampleFile read(Path file) throws InvalidFileException {
    return YamlFile.read(file, root -> read(root, file.toString()));
  }

  private static ExampleFile read(Section root, String file) {
    List<Path> policies = Lists.of(root.require("policies")).stream().map(Item::location).toList();
    ExampleReader reader = new ExampleReader(file, ExampleReader.given(root));
    List<Example> examples = new ArrayList<>();
    for (Item item : Lists.of(root.require("examples"))) {
      examples.add(item.section(section -> reader.read(section, item)));
    }
    return new ExampleFile(policies, examples);
  }

  /** Reads the policy too; problems in it are problems of the examples. */
  public Result run(CommandReader reader, MaskCheck masks) throws InvalidFileException {
    Policy policy = Policy.load(PolicyFiles.of(policies), masks);
    return new Result(
        examples.size(),
        examples.stream().flatMap(example -> example.run(policy, reader).stream()).toList());
  }
}

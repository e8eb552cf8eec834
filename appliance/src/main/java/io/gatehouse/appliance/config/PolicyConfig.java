package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Item;
import java.nio.file.Files;
import java.nio.file.Path;

/** What decides commands. */
public sealed interface PolicyConfig {

  /** The words that stand in for a policy, so that nobody goes without one by forgetting it. */
  String NO_POLICY = "run-everything";

  /** No command is read, every command runs. */
  record RunEverything() implements PolicyConfig {}

  /**
   * @param place a file, a folder of files, or a store of activated policies
   */
  record Rules(Path place) implements PolicyConfig {}

  static PolicyConfig read(Item item) {
    if (item.text().equals(NO_POLICY)) {
      return new RunEverything();
    }
    Path place = item.location();
    if (!Files.exists(place)) {
      item.problem(
          "there is no file or folder " + place + "; to go without rules, say " + NO_POLICY);
    }
    return new Rules(place);
  }
}

package io.gatehouse.appliance.config;

import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.YamlFile;
import java.nio.file.Path;

/** The configuration file. */
public final class ConfigFile {
  private ConfigFile() {}

  /** Either a configuration without any problem, or all problems together. */
  public static GatehouseConfig load(Path file, Environment environment)
      throws InvalidFileException {
    return YamlFile.read(file, root -> GatehouseConfig.read(root, environment));
  }

  /**
   * The section journal alone: who reads the journal need not be able to read the gate's own keys,
   * nor wait until they were checked.
   */
  public static JournalConfig loadJournal(Path file, Environment environment)
      throws InvalidFileException {
    return YamlFile.read(
        file,
        root -> {
          root.entries(); // the others are not of interest
          return root.require("journal")
              .section(section -> JournalConfig.section(section, environment));
        });
  }
}

package io.gatehouse.appliance.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.appliance.Certificates;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.yaml.InvalidFileException;
import io.gatehouse.appliance.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with every file that a configuration may name. */
record Configs(Path folder, Environment environment) {

  static final String LISTENER =
      """
      listeners:
        - name: main
          tls: {certificate: server.crt, key: server.key}
          databases: {bank: core}
      """;
  static final String TARGET =
      """
      targets:
        - name: core
          protocol: postgresql
          host: db.example
          credential: {user: gate, password: {file: password}}
      """;
  static final String USERS =
      "users: users.yaml\npolicy: run-everything\njournal: keep-no-record\n";
  static final String SMALLEST = LISTENER + TARGET + USERS;

  static Configs in(Path folder) throws Exception {
    Certificates.make().write(folder);
    Files.writeString(folder.resolve("password"), "from-a-file\n");
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    Path credentials = Files.createDirectory(folder.resolve("credentials"));
    Files.writeString(credentials.resolve("core"), "from-systemd\n");
    return new Configs(
        folder,
        new Environment(
            Map.of(
                "CORE_PASSWORD",
                "from-the-environment",
                "CREDENTIALS_DIRECTORY",
                credentials.toString())));
  }

  GatehouseConfig load(String yaml) throws InvalidFileException, IOException {
    return ConfigFile.load(Files.writeString(folder.resolve("gatehouse.yaml"), yaml), environment);
  }

  /** Each problem as printed, the folder left out. */
  List<String> problems(String yaml) {
    return catchThrowableOfType(InvalidFileException.class, () -> load(yaml)).problems().stream()
        .map(Problem::toString)
        .map(text -> text.replace(folder + "/", ""))
        .toList();
  }
}

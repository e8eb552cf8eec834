package io.gatehouse.appliance.identity.keycloak;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The unpacked distribution. Nothing is kept in it but what its own "build" makes of it, once. */
record KeycloakTree(Path home) {
  private static final String PROPERTY = "gatehouse.keycloak";

  /** The build unpacks it before tests that want it; there is no going without. */
  static KeycloakTree find() {
    String place =
        Optional.ofNullable(System.getProperty(PROPERTY))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "there is no Keycloak for this test: "
                            + PROPERTY
                            + " is to be the folder of its unpacked distribution (mvn verify"
                            + " says so)"));
    Path home = Path.of(place).toAbsolutePath();
    if (!Files.isRegularFile(home.resolve("lib/quarkus-run.jar"))) {
      throw new IllegalStateException(
          "there is no Keycloak for this test: " + PROPERTY + " names " + home);
    }
    return new KeycloakTree(home);
  }

  /** Some twenty seconds, the first time. Several processes may come at once. */
  KeycloakTree built() throws IOException, InterruptedException {
    Path mark = home.resolve("built-for-tests");
    try (FileChannel channel =
            FileChannel.open(
                home.resolve("built-for-tests.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(mark)) {
        Path log = home.resolve("built-for-tests.log");
        Process build = run(List.of("build", "--db=dev-file"), Map.of(), log);
        if (build.waitFor() != 0) {
          throw new IOException("Keycloak cannot be built: " + Files.readString(log));
        }
        Files.createFile(mark);
      }
    }
    return this;
  }

  /**
   * The same, with data of its own: what processes trust is in a file there, so that two that start
   * at once would trust the same.
   *
   * @param folder an empty one
   */
  KeycloakTree apart(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(home)) {
      for (Path each : all.filter(one -> !one.endsWith("data")).toList()) {
        Files.createSymbolicLink(folder.resolve(each.getFileName()), each);
      }
    }
    Files.createDirectory(folder.resolve("data"));
    return new KeycloakTree(folder);
  }

  /** What its own script does, without a shell between the test and the process. */
  Process run(List<String> arguments, Map<String, String> environment, Path log)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                    + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("KC_"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}

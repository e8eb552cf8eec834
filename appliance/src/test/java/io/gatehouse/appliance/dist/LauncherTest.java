package io.gatehouse.appliance.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as a shell runs it, with programs in the place of JDKs that print their arguments.
 */
final class LauncherTest {
  @TempDir private Path folder;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    folder = folder.toRealPath();
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    launcher = bin.resolve("gatehouse");
    Files.copy(Path.of("src/dist/bin/gatehouse"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private Path jdk(Path home, String version) throws IOException {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"" + home + "\"\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private record Outcome(int status, String output) {}

  private Outcome run(Path command, Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command.toString(), "serve", "--config", "a b")
            .redirectErrorStream(true);
    builder.environment().remove("GATEHOUSE_JAVA_HOME");
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("GATEHOUSE_JAVA_OPTS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  @Test
  void namedJdk_isUsedWithFlagsClassPathAndArguments() throws Exception {
    Path jdk = jdk(folder.resolve("jdk"), "25.0.3");

    Outcome outcome = run(launcher, Map.of("GATEHOUSE_JAVA_HOME", jdk.toString()));

    Path home = folder.resolve("home");
    assertThat(outcome.output().lines())
        .containsExactly(
            jdk.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx512m",
            "-cp",
            home + "/lib/*:" + home + "/lib/demo/*",
            "io.gatehouse.appliance.cli.Main",
            "serve",
            "--config",
            "a b");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void moreOptions_comeAfterTheDefaults() throws Exception {
    Path jdk = jdk(folder.resolve("jdk"), "25");

    Outcome outcome =
        run(
            launcher,
            Map.of("GATEHOUSE_JAVA_HOME", jdk.toString(), "GATEHOUSE_JAVA_OPTS", "-Xmx2g -Dx=y"));

    assertThat(outcome.output().lines()).containsSubsequence("-Xmx512m", "-Xmx2g", "-Dx=y", "-cp");
  }

  @Test
  void namedJdkOfAnotherVersion_isNotReplacedSilently() throws Exception {
    Path jdk = jdk(folder.resolve("jdk"), "17.0.9");

    Outcome outcome = run(launcher, Map.of("GATEHOUSE_JAVA_HOME", jdk.toString()));

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output().strip())
        .isEqualTo("gatehouse: GATEHOUSE_JAVA_HOME=" + jdk + " is not a JDK 25");
  }

  @Test
  void javaHomeOfAnotherVersion_leavesTheBundledRuntime() throws Exception {
    Path old = jdk(folder.resolve("jdk"), "2.5");
    Path bundled = jdk(folder.resolve("home/runtime"), "25.0.1");

    assertThat(run(launcher, Map.of("JAVA_HOME", old.toString())).output().lines().findFirst())
        .hasValue(bundled.toString());
  }

  @Test
  void javaHomeOfVersion25_comesBeforeTheBundledRuntime() throws Exception {
    Path own = jdk(folder.resolve("jdk"), "25.0.9");
    jdk(folder.resolve("home/runtime"), "25.0.1");

    assertThat(run(launcher, Map.of("JAVA_HOME", own.toString())).output().lines().findFirst())
        .hasValue(own.toString());
  }

  @Test
  void symbolicLink_findsTheInstallation() throws Exception {
    Path bundled = jdk(folder.resolve("home/runtime"), "25.0.1");
    Path link = Files.createSymbolicLink(folder.resolve("gh"), Path.of("home/bin/gatehouse"));

    assertThat(run(link, Map.of()).output().lines().findFirst()).hasValue(bundled.toString());
  }
}

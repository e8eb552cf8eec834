package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.cli.Main;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of somebody who logs in, as processes of their own.
 *
 * @param folder where {@code ca.crt} is, and what they keep
 * @param desk its URL
 */
record CommandedLogin(Path folder, String desk) {
  private static final Pattern CODE = Pattern.compile("code: (\\S+)");
  private static final Pattern PAGE = Pattern.compile("http://\\S+");

  /** What somebody does with the code that is shown. */
  interface Person {
    void allows(Device device) throws IOException;
  }

  void byDevice(Person person) throws Exception {
    Process login =
        gatehouse("login", "--device", "--gate", desk, "--ca", folder.resolve("ca.crt").toString());
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = login.inputReader(StandardCharsets.UTF_8)) {
      Matcher code = CODE.matcher(said);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (code.reset(said).find()) {
          break;
        }
      }
      Matcher page = PAGE.matcher(said);
      assertThat(code.reset().find() && page.find()).as(said.toString()).isTrue();
      URI complete = URI.create(page.group() + "?user_code=" + code.group(1));
      person.allows(new Device("", code.group(1), complete));
      lines.lines().forEach(line -> said.append(line).append('\n'));
    }
    assertThat(login.waitFor()).as(said.toString()).isZero();
  }

  /** Of the environment that it gives to other commands. */
  String exported(String name) throws IOException {
    Process env = gatehouse("env", "bank");
    String printed = new String(env.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher line = Pattern.compile("export " + name + "='([^']*)'").matcher(printed);
    assertThat(line.find()).as(name).isTrue();
    return line.group(1);
  }

  private Process gatehouse(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    return builder.start();
  }
}

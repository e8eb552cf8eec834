package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.cli.Main;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens.Device;
import io.gatehouse.appliance.testing.Libpq;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One person of a real provider by every way in, with libpq as psql has it. */
class KeycloakWaysIT {
  private static final Pattern CODE = Pattern.compile("code: (\\S+)");
  private static final Pattern PAGE = Pattern.compile("http://\\S+");
  @TempDir private Path folder;
  private KeycloakScene scene;

  @BeforeEach
  void serve() throws Exception {
    scene = new KeycloakScene(folder);
  }

  @AfterEach
  void end() throws Exception {
    scene.close();
  }

  private Process gatehouse(String... arguments) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    return builder.start();
  }

  private static String printed(Process process) throws Exception {
    String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor()).as(all).isZero();
    return all;
  }

  private String ask(String user, String password, String more) throws Exception {
    return ask(scene.connection(user) + " password=" + password + more, () -> "");
  }

  private String ask(String connection, Supplier<String> tokens) throws Exception {
    Path libraries =
        Path.of(scene.server.ask("SELECT setting FROM pg_config WHERE name = 'LIBDIR'"));
    try (Libpq libpq = new Libpq(libraries, tokens)) {
      return libpq.ask(connection, KeycloakScene.WHO);
    }
  }

  /** Erika types the code into Keycloak's page. */
  private void logIn() throws Exception {
    Process login =
        gatehouse(
            "login", "--device", "--gate", scene.desk(), "--ca", scene.file("ca.crt").toString());
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
      scene.keycloak.browser().allow(new Device("", code.group(1), complete), "erika");
      lines.lines().forEach(line -> said.append(line).append('\n'));
    }
    assertThat(login.waitFor()).as(said.toString()).isZero();
    assertThat(said).contains("logged in as erika until");
  }

  private String oauth() throws Exception {
    String token = scene.keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika").access();
    return ask(
        scene.connection("oauth")
            + " require_auth=oauth oauth_client_id=tests oauth_issuer="
            + scene.keycloak.issuer(),
        () -> token);
  }

  @Test
  void everyWay_isOnRecordByItsPerson_andHasItsRoleAtTheDatabase() throws Exception {
    String token = scene.keycloak.tokens().person(KeycloakTokens.PEOPLE, "erika").access();
    String plain = scene.keycloak.tokens().person(KeycloakTokens.PEOPLE, "max").access();

    assertThat(ask("token", token, "")).isEqualTo("app as analyst");
    assertThat(ask("token", plain, "")).isEqualTo("app as reader");
    assertThat(oauth()).isEqualTo("app as analyst");
    String keyPair =
        " sslcert=%s sslkey=%s".formatted(scene.file("deploy.crt"), scene.file("deploy.key"));
    assertThat(ask("certificate", "''", keyPair)).isEqualTo("app as deployer");
    logIn();
    String environment = printed(gatehouse("env", "bank"));
    assertThat(ask(exported(environment, "PGUSER"), exported(environment, "PGPASSWORD"), ""))
        .isEqualTo("app as analyst");

    assertThat(scene.sessions())
        .containsExactly(
            "erika [analysts] token " + scene.keycloak.issuer() + " analyst",
            "max [] token " + scene.keycloak.issuer() + " reader",
            "erika [analysts] token " + scene.keycloak.issuer() + " analyst",
            "ci-deploy [ci] certificate CN=authority of clients deployer",
            "erika [analysts] issued_credential " + scene.keycloak.issuer() + " analyst");
  }

  private static String exported(String environment, String name) {
    Matcher line = Pattern.compile("export " + name + "='([^']*)'").matcher(environment);
    assertThat(line.find()).as(name).isTrue();
    return line.group(1);
  }
}

package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.identity.keycloak.KeycloakTokens;
import io.gatehouse.appliance.identity.keycloak.KeycloakTokens.Device;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * psql of PostgreSQL 18 with its libpq-oauth, which no Maven artifact has: {@code
 * src/test/sh/login/psql18} brings it and runs this.
 */
class PsqlDeviceFlowTrial {
  /** Words between bars. */
  private static final String PSQL = "gatehouse.psql";

  private static final Pattern ASKED = Pattern.compile("Visit (\\S+) and enter the code: (\\S+)");

  @Test
  void psql_getsItsTokenByItsOwnDeviceFlow(@TempDir Path folder) throws Exception {
    try (KeycloakScene scene = new KeycloakScene(folder)) {
      List<String> words = new ArrayList<>(List.of(System.getProperty(PSQL).split("\\|")));
      words.add(
          scene.connection("oauth")
              + " require_auth=oauth oauth_client_id="
              + KeycloakTokens.PEOPLE
              + " oauth_issuer="
              + scene.keycloak.issuer());
      words.addAll(List.of("-XAtc", KeycloakScene.WHO));
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      // Else it talks to nobody over http, be it on loopback.
      builder.environment().put("PGOAUTHDEBUG", "UNSAFE");

      assertThat(answered(builder.start(), scene)).contains("app as analyst");
      assertThat(scene.sessions())
          .containsExactly("erika [analysts] token " + scene.keycloak.issuer() + " analyst");
    }
  }

  /** Erika opens the page that psql names. */
  private static List<String> answered(Process psql, KeycloakScene scene) throws Exception {
    List<String> said = new ArrayList<>();
    try (BufferedReader lines = psql.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        Matcher asked = ASKED.matcher(line);
        if (asked.find()) {
          URI page = URI.create(asked.group(1) + "?user_code=" + asked.group(2));
          scene.keycloak.browser().allow(new Device("", asked.group(2), page), "erika");
        }
      }
    }
    assertThat(psql.waitFor()).as(String.join("\n", said)).isZero();
    return said;
  }
}

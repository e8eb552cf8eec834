package io.gatehouse.plugins.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The least, everything, and what makes no sense. */
final class VaultConfigTest {
  @TempDir private Path folder;

  private VaultConfig of(Map<String, String> settings) throws UnusableSettingException {
    return VaultConfig.of(new SourceSettings(settings, folder));
  }

  private static Map<String, String> least() {
    return new HashMap<>(
        Map.of("address", "https://vault:8200", "auth", "token", "token-file", "token"));
  }

  @Test
  void least_hasTheDefaults() throws Exception {
    VaultConfig config = of(least());

    assertThat(config.place().address()).hasToString("https://vault:8200");
    assertThat(config.place().tls()).isEmpty();
    assertThat(config.namespace()).isEmpty();
    assertThat(config.auth()).isEqualTo(new VaultAuth.Token(folder.resolve("token")));
    assertThat(of(Map.of("address", "https://v", "auth", "approle", "role-id-file", "/r")).auth())
        .isEqualTo(new VaultAuth.AppRole("approle", Path.of("/r"), Optional.empty()));
    assertThat(of(Map.of("address", "https://v", "auth", "kubernetes", "role", "gate")).auth())
        .isEqualTo(
            new VaultAuth.Kubernetes(
                "kubernetes",
                "gate",
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token")));
  }

  @ParameterizedTest
  @CsvSource({
    "address, ftp://vault, address must be",
    "address, https://vault/v1, address must be",
    "address, https://u:p@vault, address must be",
    "address, https://vault?x, address must be",
    "address, not a url, address is not",
    "address, http://vault, without-tls",
    "without-tls, send-everything-unencrypted, without-tls",
    "without-tls, please, without-tls",
    "auth, password, auth must be",
    "auth, approle, role-id-file is missing",
    "namespace, ../x, namespace is not a path",
    "mount, a b, mount is not a path",
    "ca, no-such-file, ca: ",
    "adress, https://vault, 'adress: not known'"
  })
  void whatMakesNoSense_isRefusedByItsName(String key, String value, String why) {
    Map<String, String> settings = least();
    settings.put(key, value);
    assertThatThrownBy(() -> of(settings))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining(why);
  }

  @Test
  void authorityWithoutCertificates_isRefused() throws Exception {
    Files.writeString(folder.resolve("ca.crt"), "");
    Map<String, String> settings = least();
    settings.put("ca", "ca.crt");
    assertThatThrownBy(() -> of(settings)).hasMessageContaining("ca: ");
  }
}

package io.gatehouse.plugins.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.secret.SourceSettings;
import io.gatehouse.plugin.secret.UnusableSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The least, and what makes no sense. */
final class OAuthConfigTest {
  @TempDir private Path folder;

  private OAuthConfig of(Map<String, String> settings) throws UnusableSettingException {
    return OAuthConfig.of(new SourceSettings(settings, folder));
  }

  private static Map<String, String> least() {
    return new HashMap<>(
        Map.of(
            "token-url",
            "https://issuer.example/oauth/token?tenant=b",
            "client-id",
            "gate",
            "client-secret-file",
            "client.secret"));
  }

  @Test
  void least_hasTheDefaults() throws Exception {
    OAuthConfig config = of(least());

    assertThat(config.endpoint().authority()).isEqualTo("issuer.example");
    assertThat(config.endpoint().target()).isEqualTo("/oauth/token?tenant=b");
    assertThat(config.endpoint().tls()).isEmpty();
    assertThat(config.client()).isEqualTo("gate");
    assertThat(config.secret()).isEqualTo(folder.resolve("client.secret"));
    assertThat(config.proof()).isEqualTo(OAuthConfig.Proof.BASIC);
    assertThat(config.assumed()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void serverWithoutAPath_isAskedForItsRoot() throws Exception {
    Map<String, String> settings = least();
    settings.put("token-url", "https://issuer.example:8443");
    assertThat(of(settings).endpoint().target()).isEqualTo("/");
    assertThat(of(settings).endpoint().authority()).isEqualTo("issuer.example:8443");
  }

  @ParameterizedTest
  @CsvSource({
    "token-url, ftp://issuer, token-url must be",
    "token-url, https://u:p@issuer/token, token-url must be",
    "token-url, https://issuer/token#x, token-url must be",
    "token-url, https://issuer/tökén, token-url must be",
    "token-url, not a url, token-url is not",
    "token-url, http://127.0.0.1/token, without-tls",
    "without-tls, send-everything-unencrypted, without-tls",
    "without-tls, please, without-tls",
    "client-id, '', client-id is empty",
    "client-auth, private_key_jwt, client-auth must be",
    "assumed-seconds, 0, assumed-seconds must be",
    "assumed-seconds, 1h, assumed-seconds must be",
    "ca, no-such-file, ca: ",
    "client-secret, planted, 'client-secret: not known'"
  })
  void whatMakesNoSense_isRefusedByItsName(String key, String value, String why) {
    Map<String, String> settings = least();
    settings.put(key, value);
    assertThatThrownBy(() -> of(settings))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("planted");
  }

  @ParameterizedTest
  @CsvSource({"token-url", "client-id", "client-secret-file"})
  void whatIsRequired_isRequired(String key) {
    Map<String, String> settings = least();
    settings.remove(key);
    assertThatThrownBy(() -> of(settings)).hasMessageContaining(key + " is missing");
  }
}

package io.gatehouse.plugins.oauth;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugins.http.SecretFile;
import io.gatehouse.plugins.http.WireBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The question for a token (RFC 6749, section 4.4.2), without a String of the client's secret. */
final class TokenRequest {
  private final OAuthConfig config;

  TokenRequest(OAuthConfig config) {
    this.config = config;
  }

  /**
   * @param request is wiped by whoever made it
   */
  void write(WireBytes request, TokenReference wanted) throws SecretUnavailableException {
    byte[] secret = SecretFile.content("client-secret-file", config.secret());
    byte[] encoded = FormText.of(secret);
    Arrays.fill(secret, (byte) 0);
    try {
      request.line("POST " + config.endpoint().target() + " HTTP/1.1");
      request.line("Host: " + config.endpoint().authority());
      request.line("Connection: close");
      request.line("Accept: application/json");
      request.line("Content-Type: application/x-www-form-urlencoded");
      switch (config.proof()) {
        case BASIC -> {
          basic(request, encoded);
          body(request, form(wanted), new byte[0]);
        }
        case POST -> {
          String client = "&client_id=" + FormText.of(config.client()) + "&client_secret=";
          body(request, form(wanted) + client, encoded);
        }
      }
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static String form(TokenReference wanted) {
    return "grant_type=client_credentials"
        + wanted.scope().map(scope -> "&scope=" + FormText.of(scope)).orElse("")
        + wanted.resource().map(resource -> "&resource=" + FormText.of(resource)).orElse("");
  }

  /** Both parts are encoded as in a form before they become one (RFC 6749, section 2.3.1). */
  private void basic(WireBytes request, byte[] secret) {
    byte[] client = (FormText.of(config.client()) + ":").getBytes(StandardCharsets.US_ASCII);
    byte[] both = Arrays.copyOf(client, client.length + secret.length);
    System.arraycopy(secret, 0, both, client.length, secret.length);
    byte[] encoded = Base64.getEncoder().encode(both);
    Arrays.fill(both, (byte) 0);
    request.text("Authorization: Basic ");
    request.bytes(encoded);
    request.line("");
    Arrays.fill(encoded, (byte) 0);
  }

  private static void body(WireBytes request, String form, byte[] secret) {
    request.line("Content-Length: " + (form.length() + secret.length));
    request.line("");
    request.text(form);
    request.bytes(secret);
  }
}

package io.gatehouse.appliance.client;

import io.gatehouse.appliance.identity.token.IssuerUrl;
import io.gatehouse.appliance.identity.token.Json;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an identity provider takes logins (OpenID Connect Discovery 1.0), and what it answers.
 *
 * @param authorization for browsers
 * @param token where codes become tokens
 * @param device for machines without a browser, if there is one
 * @param saysIssuer whether every answer names the issuer (RFC 9207)
 */
record Provider(
    String issuer, URI authorization, URI token, Optional<URI> device, boolean saysIssuer) {
  private static final int OK = 200;

  /** RFC 6750, section 2.1: what may stand in a header. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** Section 4.3: another issuer's document would send codes and tokens elsewhere. */
  static Provider discover(Web web, String issuer) throws LoginException {
    URI base = Web.requireSecure(issuer, "the provider that the gate names");
    String stripped = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Web.Page page =
        web.get(
            Web.requireSecure(
                stripped + "/.well-known/openid-configuration", "the provider's discovery"));
    if (page.status() != OK) {
      throw new LoginException("the provider's discovery answered " + page.status());
    }
    if (!page.text("issuer").equals(issuer)) {
      throw new LoginException(
          "the provider's discovery document names another issuer than the gate does: "
              + Shown.safely(page.text("issuer")));
    }
    Optional<String> device = page.find("device_authorization_endpoint");
    return new Provider(
        issuer,
        endpoint(base, page.text("authorization_endpoint")),
        endpoint(base, page.text("token_endpoint")),
        device.isPresent() ? Optional.of(endpoint(base, device.get())) : Optional.empty(),
        page.document().find("authorization_response_iss_parameter_supported").orElse(null)
                instanceof Json.Truth(boolean says)
            && says);
  }

  /** Without TLS on this machine only, and for an issuer that is there itself. */
  private static URI endpoint(URI issuer, String url) throws LoginException {
    URI endpoint = Web.requireSecure(url, "an endpoint of the provider");
    if (IssuerUrl.loopback(endpoint) && !IssuerUrl.loopback(issuer)) {
      throw new LoginException("an endpoint of the provider is on this machine: refused");
    }
    return endpoint;
  }

  /** Of a successful answer (RFC 6749, section 5.1). */
  static Granted granted(Web.Page page) throws LoginException {
    if (page.status() != OK) {
      throw refused(page);
    }
    String token = page.text("access_token");
    if (!page.find("token_type").orElse("").equalsIgnoreCase("Bearer")
        || !TOKEN.matcher(token).matches()) {
      throw new LoginException("the provider gave a token of a kind that is not understood");
    }
    return new Granted(token, page.find("refresh_token"));
  }

  static LoginException refused(Web.Page page) {
    return new LoginException(
        "the provider refused: "
            + Shown.safely(page.find("error").orElse("status " + page.status()))
            + page.find("error_description").map(why -> ", " + Shown.safely(why)).orElse(""));
  }
}

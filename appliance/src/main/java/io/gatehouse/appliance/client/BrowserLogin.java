package io.gatehouse.appliance.client;

import io.gatehouse.appliance.identity.token.Json;
import io.gatehouse.appliance.identity.token.JsonReader;
import io.gatehouse.appliance.identity.token.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Authorization code with PKCE, back to a port of this machine (RFC 8252). Blocks its caller until
 * the browser comes.
 *
 * @param page what to do with the URL to open
 */
public record BrowserLogin(Web web, GateDesk.Discovery gate, Consumer<String> page) {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int JWT_PARTS = 3;

  /** What belongs to one login and nobody else knows. */
  private record Own(Pkce pkce, String state, String nonce) {
    static Own random() {
      SecureRandom random = new SecureRandom();
      return new Own(Pkce.random(random), Pkce.text(random), Pkce.text(random));
    }

    @Override
    public String toString() {
      return "own";
    }
  }

  /** From the provider's login to what it gives. */
  public Granted run() throws LoginException {
    Provider provider = Provider.discover(web, gate.issuer());
    Own own = Own.random();
    try (Callback callback = Callback.open()) {
      page.accept(url(provider, own, callback.redirect()));
      String code = code(provider, own, callback.await(LIMIT));
      return exchange(provider, own, code, callback.redirect());
    }
  }

  private String url(Provider provider, Own own, String redirect) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", gate.clientId());
    query.put("redirect_uri", redirect);
    query.put("scope", String.join(" ", gate.scopes()));
    query.put("state", own.state());
    query.put("nonce", own.nonce());
    query.put("code_challenge", own.pkce().challenge());
    query.put("code_challenge_method", "S256");
    String start = provider.authorization().toString();
    return start
        + (provider.authorization().getRawQuery() == null ? "?" : "&")
        + query.entrySet().stream()
            .map(one -> one.getKey() + "=" + Web.encoded(one.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String code(Provider provider, Own own, Map<String, String> answer)
      throws LoginException {
    if (!same(own.state(), answer.getOrDefault("state", ""))) {
      throw new LoginException(
          "the browser came back with the answer to another login: run gatehouse login again");
    }
    Optional<String> issuer = Optional.ofNullable(answer.get("iss"));
    boolean otherIssuer =
        issuer.map(named -> !named.equals(provider.issuer())).orElse(provider.saysIssuer());
    if (otherIssuer) {
      throw new LoginException("the answer is from another issuer than the gate names");
    }
    String error = answer.getOrDefault("error", "");
    if (!error.isEmpty()) {
      throw new LoginException("the provider refused: " + Shown.safely(error));
    }
    String code = answer.getOrDefault("code", "");
    if (code.isEmpty()) {
      throw new LoginException("the browser came back without a code");
    }
    return code;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private Granted exchange(Provider provider, Own own, String code, String redirect)
      throws LoginException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect);
    form.put("client_id", gate.clientId());
    form.put("code_verifier", own.pkce().verifier());
    Web.Page answered = web.post(provider.token(), form);
    Granted granted = Provider.granted(answered);
    Optional<String> identity = answered.find("id_token");
    if (identity.isPresent() && !nonce(identity.get()).equals(Optional.of(own.nonce()))) {
      throw new LoginException("the provider's answer belongs to another login (nonce)");
    }
    return granted;
  }

  /** It came from the token endpoint itself, so its signature adds nothing (OIDC Core 3.1.3.7). */
  private static Optional<String> nonce(String idToken) {
    String[] parts = idToken.split("\\.", -1);
    try {
      return parts.length == JWT_PARTS
              && JsonReader.object(Base64.getUrlDecoder().decode(parts[1]))
                      .find("nonce")
                      .orElse(null)
                  instanceof Json.Text(String nonce)
          ? Optional.of(nonce)
          : Optional.empty();
    } catch (UnreadableJsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

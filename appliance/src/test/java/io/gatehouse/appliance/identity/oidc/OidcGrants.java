package io.gatehouse.appliance.identity.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The ways to a token: RFC 6749, RFC 7636 and RFC 8628 as far as a command line uses them. */
public final class OidcGrants {
  static final Duration CODES = Duration.ofMinutes(10);
  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

  private final OidcTokens tokens;
  private final InstantSource clock;
  private final String issuer;

  // Guarded by this.
  private final Map<String, String> clients = new HashMap<>();
  private final Map<String, Device> devices = new HashMap<>();
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, String> refreshes = new HashMap<>();
  private final Set<String> tooOften = new HashSet<>();
  private Optional<String> atBrowser = Optional.empty();

  private String named = "";

  private enum Decision {
    PENDING,
    APPROVED,
    DENIED
  }

  private record Device(String userCode, Instant until, Decision decision, String person) {}

  private record Code(
      String person, String client, String redirect, String challenge, String nonce) {}

  OidcGrants(OidcTokens tokens, InstantSource clock, String issuer) {
    this.tokens = tokens;
    this.clock = clock;
    this.issuer = issuer;
  }

  /** A client with a secret, which gets tokens about itself. */
  public synchronized void client(String id, String secret) {
    clients.put(id, secret);
  }

  /** Who is logged in at the browser that comes to the authorization endpoint. */
  public synchronized void signIn(String person) {
    atBrowser = Optional.of(person);
  }

  /** What the answer to a browser says of the issuer (RFC 9207); nothing if that is empty. */
  public synchronized void saysIssuer(String issuer) {
    named = issuer;
  }

  /** The person agrees, on another device, to what shows this code. */
  public void approve(String userCode, String person) {
    decide(userCode, Decision.APPROVED, person);
  }

  /** The next time that this device asks, it asked too often (RFC 8628 section 3.5). */
  public synchronized void slowDown(String userCode) {
    tooOften.add(userCode);
  }

  public void deny(String userCode) {
    decide(userCode, Decision.DENIED, "");
  }

  private synchronized void decide(String userCode, Decision decision, String person) {
    boolean known = devices.values().stream().anyMatch(device -> device.userCode.equals(userCode));
    if (!known) {
      throw new IllegalArgumentException("no device shows that code");
    }
    devices.replaceAll(
        (code, device) ->
            device.userCode.equals(userCode)
                ? new Device(userCode, device.until, decision, person)
                : device);
  }

  /** What a login of this person left behind; it is replaced at its first use. */
  public synchronized String refreshToken(String person) {
    String refresh = UUID.randomUUID().toString();
    refreshes.put(refresh, person);
    return refresh;
  }

  /** Whether it can still be used. */
  public synchronized boolean refreshes(String refreshToken) {
    return refreshes.containsKey(refreshToken);
  }

  /** Ends what was granted to a person: nothing is refreshed any more. */
  public synchronized void revoke(String person) {
    refreshes.values().removeIf(person::equals);
  }

  synchronized Answer device(Map<String, String> form) {
    if (!form.containsKey("client_id")) {
      return Answer.error("invalid_client");
    }
    String deviceCode = UUID.randomUUID().toString();
    String userCode = deviceCode.substring(0, 8).toUpperCase(java.util.Locale.ROOT);
    devices.put(
        deviceCode, new Device(userCode, clock.instant().plus(CODES), Decision.PENDING, ""));
    return Answer.json(
        200,
        Map.of(
            "device_code",
            deviceCode,
            "user_code",
            userCode,
            "verification_uri",
            issuer + "/device",
            "verification_uri_complete",
            issuer + "/device?user_code=" + userCode,
            "expires_in",
            CODES.toSeconds(),
            "interval",
            1));
  }

  /** RFC 7636 section 4.3; without a challenge nothing is given. */
  synchronized Answer authorize(Map<String, String> query) {
    String redirect = query.getOrDefault("redirect_uri", "");
    boolean sound =
        query.getOrDefault("response_type", "").equals("code")
            && query.getOrDefault("code_challenge_method", "").equals("S256")
            && query.containsKey("code_challenge")
            && redirect.startsWith("http://127.0.0.1:");
    if (!sound || atBrowser.isEmpty()) {
      return Answer.error("invalid_request");
    }
    String code = UUID.randomUUID().toString();
    codes.put(
        code,
        new Code(
            atBrowser.get(),
            query.getOrDefault("client_id", ""),
            redirect,
            query.getOrDefault("code_challenge", ""),
            query.getOrDefault("nonce", "")));
    return Answer.redirect(
        redirect
            + "?code="
            + code
            + "&state="
            + query.getOrDefault("state", "")
            + (named.isEmpty() ? "" : "&iss=" + named));
  }

  synchronized Answer token(Map<String, String> form) {
    return switch (form.getOrDefault("grant_type", "")) {
      case "client_credentials" -> clientCredentials(form);
      case "authorization_code" -> authorizationCode(form);
      case "refresh_token" -> refresh(form);
      case DEVICE -> deviceCode(form);
      default -> Answer.error("unsupported_grant_type");
    };
  }

  private Answer clientCredentials(Map<String, String> form) {
    String id = form.getOrDefault("client_id", "");
    boolean proved =
        Optional.ofNullable(clients.get(id))
            .filter(secret -> secret.equals(form.get("client_secret")))
            .isPresent();
    return proved
        ? Answer.json(200, Map.of("access_token", tokens.about(id), "token_type", "Bearer"))
        : Answer.error("invalid_client");
  }

  /** RFC 8628 section 3.5. */
  private Answer deviceCode(Map<String, String> form) {
    String code = form.getOrDefault("device_code", "");
    Optional<Device> device = Optional.ofNullable(devices.get(code));
    if (device.isEmpty()) {
      return Answer.error("invalid_grant");
    }
    if (!clock.instant().isBefore(device.get().until)) {
      devices.remove(code);
      return Answer.error("expired_token");
    }
    if (tooOften.remove(device.get().userCode)) {
      return Answer.error("slow_down");
    }
    return switch (device.get().decision) {
      case PENDING -> Answer.error("authorization_pending");
      case DENIED -> Answer.error("access_denied");
      case APPROVED -> {
        devices.remove(code);
        yield granted(device.get().person, "");
      }
    };
  }

  private Answer authorizationCode(Map<String, String> form) {
    Optional<Code> code = Optional.ofNullable(codes.remove(form.getOrDefault("code", "")));
    return code.filter(
            one ->
                one.client.equals(form.get("client_id"))
                    && one.redirect.equals(form.get("redirect_uri"))
                    && one.challenge.equals(challenge(form.getOrDefault("code_verifier", ""))))
        .map(one -> granted(one.person, one.nonce))
        .orElseGet(() -> Answer.error("invalid_grant"));
  }

  private Answer refresh(Map<String, String> form) {
    Optional<String> person =
        Optional.ofNullable(refreshes.remove(form.getOrDefault("refresh_token", "")));
    return person.map(who -> granted(who, "")).orElseGet(() -> Answer.error("invalid_grant"));
  }

  /** With an ID token where the login had a nonce (OIDC Core section 3.1.3.3). */
  private Answer granted(String person, String nonce) {
    if (!tokens.knows(person)) {
      return Answer.error("invalid_grant");
    }
    String refresh = UUID.randomUUID().toString();
    refreshes.put(refresh, person);
    Map<String, Object> answer = new HashMap<>();
    answer.put("access_token", tokens.about(person));
    answer.put("token_type", "Bearer");
    answer.put("expires_in", OidcTokens.LIFE.toSeconds());
    answer.put("refresh_token", refresh);
    if (!nonce.isEmpty()) {
      Map<String, Object> claims = tokens.claims(person);
      claims.put("nonce", nonce);
      answer.put("id_token", tokens.signed(claims));
    }
    return Answer.json(200, answer);
  }

  /** RFC 7636 section 4.2. */
  public static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.gatehouse.appliance.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A login on another device (RFC 8628). Blocks its caller until somebody decided there.
 *
 * @param prompt what to show to the person
 */
public record DeviceLogin(
    Web web, GateDesk.Discovery gate, Surroundings surroundings, Consumer<Prompt> prompt) {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final int OK = 200;

  /** Section 3.2 and 3.5. */
  private static final long USUAL_INTERVAL = 5;

  private static final long MORE = 5;
  private static final long MOST_INTERVAL = 60;
  private static final long MOST_SECONDS = 1_800;

  /** It is typed by people; section 6.1 wants few characters. */
  private static final Pattern USER_CODE = Pattern.compile("[\\x21-\\x7E]{1,64}");

  /** A page, and what to type there. */
  public record Prompt(String page, String code) {}

  /** From the provider's login to what it gives. */
  public Granted run() throws LoginException {
    Provider provider = Provider.discover(web, gate.issuer());
    URI endpoint =
        provider
            .device()
            .orElseThrow(() -> new LoginException("the provider knows no logins by device"));
    Web.Page begun =
        web.post(
            endpoint,
            Map.of("client_id", gate.clientId(), "scope", String.join(" ", gate.scopes())));
    if (begun.status() != OK) {
      throw Provider.refused(begun);
    }
    String page =
        Web.requireSecure(begun.text("verification_uri"), "the page to log in at").toString();
    String code = begun.text("user_code");
    if (!USER_CODE.matcher(code).matches()) {
      throw new LoginException("the provider gave a code that nobody can type");
    }
    prompt.accept(new Prompt(page, code));
    return poll(provider, begun);
  }

  private Granted poll(Provider provider, Web.Page begun) throws LoginException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", GRANT);
    form.put("device_code", begun.text("device_code"));
    form.put("client_id", gate.clientId());
    long interval = Math.clamp(begun.number("interval").orElse(USUAL_INTERVAL), 1, MOST_INTERVAL);
    long seconds = Math.clamp(begun.number("expires_in").orElse(MOST_SECONDS), 1, MOST_SECONDS);
    Instant end = surroundings.clock().instant().plusSeconds(seconds);
    while (true) {
      pause(interval);
      if (!surroundings.clock().instant().isBefore(end)) {
        throw expired();
      }
      Web.Page answered = web.post(provider.token(), form);
      if (answered.status() == OK) {
        return Provider.granted(answered);
      }
      interval =
          switch (answered.find("error").orElse("")) {
            case "authorization_pending" -> interval;
            case "slow_down" -> Math.min(interval + MORE, MOST_INTERVAL);
            case "access_denied" -> throw new LoginException("the login was denied there");
            case "expired_token" -> throw expired();
            default -> throw Provider.refused(answered);
          };
    }
  }

  private static LoginException expired() {
    return new LoginException("the code has expired: run gatehouse login again");
  }

  private void pause(long seconds) throws LoginException {
    try {
      surroundings.pause().await(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoginException("interrupted", e);
    }
  }
}

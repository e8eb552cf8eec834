package io.gatehouse.appliance.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A login by SAML, through the gate's desk and back to a port of this machine, with PKCE as in
 * {@link BrowserLogin}. Blocks its caller until the browser comes.
 *
 * @param page what to do with the URL to open
 */
public record SamlLogin(GateDesk desk, Consumer<String> page) {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** What the desk gives a credential for, once. Says nothing of its content. */
  public record Proof(String code, String verifier) {
    @Override
    public String toString() {
      return "proof";
    }
  }

  public Proof run() throws LoginException {
    SecureRandom random = new SecureRandom();
    Pkce pkce = Pkce.random(random);
    String state = Pkce.text(random);
    try (Callback callback = Callback.open()) {
      page.accept(desk.samlPage(pkce.challenge(), callback.port(), state));
      return new Proof(code(state, callback.await(LIMIT)), pkce.verifier());
    }
  }

  private static String code(String state, Map<String, String> answer) throws LoginException {
    if (!same(state, answer.getOrDefault("state", ""))) {
      throw new LoginException(
          "the browser came back with the answer to another login: run gatehouse login again");
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
}

package io.gatehouse.appliance.client;

import io.gatehouse.spi.login.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** What makes a code useless to whoever else sees it (RFC 7636). Says nothing of its content. */
record Pkce(String verifier) {
  /** 256 bits, as section 7.1 wants. */
  private static final int BYTES = 32;

  static Pkce random(SecureRandom random) {
    return new Pkce(text(random));
  }

  /** Also for state and nonce: unguessable, and fit for URLs. */
  static String text(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** By S256; {@code plain} is never used. */
  String challenge() {
    byte[] digest = Sha256.digest(verifier.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  @Override
  public String toString() {
    return "verifier";
  }
}

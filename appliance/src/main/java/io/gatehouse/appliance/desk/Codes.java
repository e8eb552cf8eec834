package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.identity.saml.SamlAnswer;
import io.gatehouse.spi.login.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was proved by SAML and not fetched yet: by a code that a browser carries, and a verifier
 * that it does not (RFC 7636). Thread-safe.
 */
final class Codes {
  static final int MOST = 4_096;
  static final Duration KEPT = Duration.ofSeconds(60);

  private static final int CODE_BYTES = 32;

  private final InstantSource clock;
  private final SecureRandom random;

  // Guarded by this. In the order in which they end.
  private final Map<String, Held> byCode = new LinkedHashMap<>();

  private record Held(SamlAnswer.Accepted accepted, Instant until) {}

  Codes(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** A code for it; empty if there are too many. */
  synchronized Optional<String> add(SamlAnswer.Accepted accepted) {
    Instant now = clock.instant();
    byCode.values().removeIf(held -> !held.until().isAfter(now));
    if (byCode.size() >= MOST) {
      return Optional.empty();
    }
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    byCode.put(code, new Held(accepted, now.plus(KEPT)));
    return Optional.of(code);
  }

  /** It is used up, whether the verifier is right or not. */
  synchronized Optional<SamlAnswer.Accepted> take(String code, String verifier) {
    @Nullable Held held = byCode.remove(code);
    return Optional.ofNullable(held)
        .filter(one -> one.until().isAfter(clock.instant()))
        .map(Held::accepted)
        .filter(one -> fits(one.waiting().challenge(), verifier));
  }

  /** By S256; {@code plain} is never taken. */
  private static boolean fits(String challenge, String verifier) {
    byte[] digest = Sha256.digest(verifier.getBytes(StandardCharsets.US_ASCII));
    byte[] text = Base64.getUrlEncoder().withoutPadding().encode(digest);
    return MessageDigest.isEqual(text, challenge.getBytes(StandardCharsets.US_ASCII));
  }
}

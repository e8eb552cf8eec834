package io.gatehouse.appliance.identity.token;

import java.util.Optional;
import java.util.Set;

/**
 * What a header says and may say (RFC 7515 section 4).
 *
 * @param type {@code typ}, if it is there
 */
record TokenHeader(SignatureAlgorithm algorithm, String keyId, Optional<String> type) {
  private static final Set<String> KEYS = Set.of("jwk", "jku", "x5u", "x5c");
  private static final Set<String> NOT_UNDERSTOOD = Set.of("crit", "b64", "cty", "zip");
  private static final Set<String> SYMMETRIC = Set.of("HS256", "HS384", "HS512");
  static final int MAX_KEY_ID = 512;

  static TokenHeader read(Json.Members header) throws RefusedTokenException {
    SignatureAlgorithm algorithm = algorithm(header);
    refuse(header, KEYS, TokenRefusal.KEY_IN_HEADER);
    refuse(header, NOT_UNDERSTOOD, TokenRefusal.HEADER_NOT_ALLOWED);
    return new TokenHeader(algorithm, keyId(header), type(header));
  }

  private static SignatureAlgorithm algorithm(Json.Members header) throws RefusedTokenException {
    if (header.has("enc")) {
      throw new RefusedTokenException(TokenRefusal.ENCRYPTED);
    }
    if (!(header.find("alg").orElse(null) instanceof Json.Text(String name))) {
      throw new RefusedTokenException(TokenRefusal.ALGORITHM_UNKNOWN);
    }
    // Only for the reason: whatever is not in the list below is refused, in every spelling.
    if (name.equalsIgnoreCase("none")) {
      throw new RefusedTokenException(TokenRefusal.UNSIGNED);
    }
    if (SYMMETRIC.contains(name)) {
      throw new RefusedTokenException(TokenRefusal.SYMMETRIC);
    }
    return SignatureAlgorithm.named(name)
        .orElseThrow(() -> new RefusedTokenException(TokenRefusal.ALGORITHM_UNKNOWN));
  }

  private static void refuse(Json.Members header, Set<String> names, TokenRefusal reason)
      throws RefusedTokenException {
    if (names.stream().anyMatch(header::has)) {
      throw new RefusedTokenException(reason);
    }
  }

  private static String keyId(Json.Members header) throws RefusedTokenException {
    if (header.find("kid").orElse(null) instanceof Json.Text(String id)
        && !id.isEmpty()
        && id.length() <= MAX_KEY_ID) {
      return id;
    }
    throw new RefusedTokenException(TokenRefusal.KEY_ID_MISSING);
  }

  private static Optional<String> type(Json.Members header) throws RefusedTokenException {
    Optional<Json> type = header.find("typ");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    if (type.get() instanceof Json.Text(String name)) {
      return Optional.of(name);
    }
    throw new RefusedTokenException(TokenRefusal.TYPE_NOT_ALLOWED);
  }

  void requireAlgorithm(TokenIssuer issuer) throws RefusedTokenException {
    if (!issuer.algorithms().contains(algorithm)) {
      throw new RefusedTokenException(TokenRefusal.ALGORITHM_NOT_ALLOWED);
    }
  }

  /** Whether the issuer's rules allow it. */
  void requireAllowed(TokenIssuer issuer) throws RefusedTokenException {
    requireAlgorithm(issuer);
    KindRules kinds = issuer.kinds();
    if (!type.map(kinds::accepts).orElse(kinds.untyped())) {
      throw new RefusedTokenException(TokenRefusal.TYPE_NOT_ALLOWED);
    }
  }
}

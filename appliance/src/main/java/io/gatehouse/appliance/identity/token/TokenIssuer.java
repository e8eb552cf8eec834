package io.gatehouse.appliance.identity.token;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What is configured of an identity provider whose tokens are accepted.
 *
 * @param issuer its URL, exactly as in the claim {@code iss} and in its own discovery document
 * @param audiences what the gate is called in {@code aud}; at least one
 * @param algorithms what may sign; at least one
 */
public record TokenIssuer(
    String issuer,
    Set<String> audiences,
    Set<SignatureAlgorithm> algorithms,
    KindRules kinds,
    TimeRules times,
    ClaimRules claims,
    KeyRules keys) {
  private static final int MAX_URL = 1_024;

  public TokenIssuer {
    Optional<URI> url = IssuerUrl.trusted(issuer);
    if (url.isEmpty() || url.get().getRawQuery() != null || issuer.length() > MAX_URL) {
      throw new IllegalArgumentException(
          "an issuer is an https URL without query, fragment and user; http on a loopback host"
              + " only");
    }
    audiences = Set.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
    if (audiences.isEmpty() || audiences.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("an issuer has at least one audience, and none is blank");
    }
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException("an issuer has at least one algorithm");
    }
  }

  /** With everything else as usual. */
  public static TokenIssuer of(String issuer, String audience) {
    return new TokenIssuer(
        issuer,
        Set.of(audience),
        SignatureAlgorithm.USUAL,
        KindRules.USUAL,
        TimeRules.USUAL,
        ClaimRules.USUAL,
        KeyRules.USUAL);
  }

  public TokenIssuer withAudiences(Set<String> others) {
    return new TokenIssuer(issuer, others, algorithms, kinds, times, claims, keys);
  }

  public TokenIssuer withAlgorithms(Set<SignatureAlgorithm> others) {
    return new TokenIssuer(issuer, audiences, others, kinds, times, claims, keys);
  }

  public TokenIssuer withKinds(KindRules others) {
    return new TokenIssuer(issuer, audiences, algorithms, others, times, claims, keys);
  }

  public TokenIssuer withTimes(TimeRules others) {
    return new TokenIssuer(issuer, audiences, algorithms, kinds, others, claims, keys);
  }

  public TokenIssuer withClaims(ClaimRules others) {
    return new TokenIssuer(issuer, audiences, algorithms, kinds, times, others, keys);
  }

  public TokenIssuer withKeys(KeyRules others) {
    return new TokenIssuer(issuer, audiences, algorithms, kinds, times, claims, others);
  }

  /**
   * OpenID Connect Discovery 1.0 section 4: below the issuer, whether or not it ends with a slash.
   */
  public URI discovery() {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + "/.well-known/openid-configuration");
  }
}

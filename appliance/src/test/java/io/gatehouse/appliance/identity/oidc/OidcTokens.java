package io.gatehouse.appliance.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who is known to a test's provider, and the tokens about them. */
public final class OidcTokens {
  static final Duration LIFE = Duration.ofMinutes(5);

  private final Map<String, Set<String>> groups = new ConcurrentHashMap<>();
  private final OidcKeys keys;
  private final InstantSource clock;
  private final String issuer;
  private final String audience;
  private volatile Duration life = LIFE;

  OidcTokens(OidcKeys keys, InstantSource clock, String issuer, String audience) {
    this.keys = keys;
    this.clock = clock;
    this.issuer = issuer;
    this.audience = audience;
  }

  /** How long tokens are good from now on. */
  public void live(Duration time) {
    life = time;
  }

  /** From now on tokens say that this person is in these groups. */
  public void person(String name, String... theirs) {
    groups.put(name, Set.of(theirs));
  }

  public void removeGroup(String name, String group) {
    groups.computeIfPresent(
        name,
        (who, theirs) -> Set.copyOf(theirs.stream().filter(one -> !one.equals(group)).toList()));
  }

  boolean knows(String name) {
    return groups.containsKey(name);
  }

  /** What a sound access token about somebody says now; may be changed. */
  public Map<String, Object> claims(String subject) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("sub", subject);
    claims.put("aud", audience);
    claims.put("iat", now);
    claims.put("nbf", now);
    claims.put("exp", now + life.toSeconds());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("groups", List.copyOf(groups.getOrDefault(subject, Set.of())));
    return claims;
  }

  /** A sound access token. */
  public String about(String subject) {
    return signed(claims(subject));
  }

  /** An access token with these claims, signed with the current key. */
  public String signed(Map<String, Object> claims) {
    JWK key = keys.current();
    return signed(
        new JWSHeader.Builder(algorithm(key))
            .type(new com.nimbusds.jose.JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build(),
        claims,
        key);
  }

  private static JWSAlgorithm algorithm(JWK key) {
    return key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
  }

  public static String signed(JWSHeader header, Map<String, Object> claims, JWK key) {
    try {
      JWSObject token = new JWSObject(header, new Payload(claims));
      token.sign(signer(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa ->
          new RSASSASigner(rsa.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
      case ECKey curve -> new ECDSASigner(curve);
      default -> throw new IllegalArgumentException("no signer for such a key");
    };
  }
}

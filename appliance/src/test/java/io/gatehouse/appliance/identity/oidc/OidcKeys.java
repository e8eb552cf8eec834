package io.gatehouse.appliance.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The keys of a test's provider: one signs, all that are not withdrawn are published. */
public final class OidcKeys {
  private static final int BITS = 2_048;

  private final AtomicInteger made = new AtomicInteger();
  private final String name;
  private final List<Map<String, Object>> published = new ArrayList<>();
  private JWK current;

  OidcKeys(String name) {
    this.name = name;
    this.current = rsa(BITS);
    publish(current);
  }

  /** A new RSA key that nobody has published. */
  public JWK rsa(int bits) {
    try {
      return new RSAKeyGenerator(bits, true)
          .keyID(nextId())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new key on P-256 that nobody has published. */
  public JWK curve() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(nextId()).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String nextId() {
    return name + "-" + made.incrementAndGet();
  }

  public synchronized JWK current() {
    return current;
  }

  /** Publishes a new key and signs with it from now on; the others stay published. */
  public synchronized JWK rotate() {
    JWK next = curve();
    publish(next);
    current = next;
    return next;
  }

  /** The public half. */
  public synchronized void publish(JWK key) {
    publish(key.toPublicJWK().toJSONObject());
  }

  /** Whatever it is. */
  public synchronized void publish(Map<String, Object> key) {
    published.add(Map.copyOf(key));
  }

  public synchronized void withdraw(String id) {
    published.removeIf(key -> id.equals(key.get("kid")));
  }

  synchronized Map<String, Object> document() {
    return Map.of("keys", List.copyOf(published));
  }
}

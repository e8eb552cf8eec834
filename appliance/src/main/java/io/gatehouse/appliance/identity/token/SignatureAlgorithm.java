package io.gatehouse.appliance.identity.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What may sign a token: RFC 7518 section 3.1 and RFC 8037 without what has a shared secret. */
public enum SignatureAlgorithm {
  RS256(KeyForm.RSA, "RS256"),
  RS384(KeyForm.RSA, "RS384"),
  RS512(KeyForm.RSA, "RS512"),
  PS256(KeyForm.RSA, "PS256"),
  PS384(KeyForm.RSA, "PS384"),
  PS512(KeyForm.RSA, "PS512"),
  ES256(KeyForm.P256, "ES256"),
  ES384(KeyForm.P384, "ES384"),
  ES512(KeyForm.P521, "ES512"),
  EDDSA(KeyForm.ED25519, "EdDSA");

  /** What is allowed where nothing else is configured. */
  public static final Set<SignatureAlgorithm> USUAL = Set.of(RS256, PS256, ES256, EDDSA);

  private final KeyForm form;
  private final String standard;

  SignatureAlgorithm(KeyForm form, String standard) {
    this.form = form;
    this.standard = standard;
  }

  /** By the exact name that stands in headers: it counts with its case. */
  static Optional<SignatureAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(one -> one.standard.equals(name)).findFirst();
  }

  /** As it stands in headers. */
  public String standardName() {
    return standard;
  }

  /** The only kind of key that it works with. */
  KeyForm form() {
    return form;
  }

  JWSAlgorithm standard() {
    return JWSAlgorithm.parse(standard);
  }
}

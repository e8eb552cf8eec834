package io.gatehouse.appliance.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.gatehouse.appliance.identity.token.PublishedKey.Unusable;
import io.gatehouse.appliance.identity.token.PublishedKey.Usable;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one JSON Web Key (RFC 7517, RFC 7518 section 6, RFC 8037 section 2). */
final class PublishedKeyReader {
  private static final int MIN_RSA_BITS = 2_048;

  /** Above it one signature costs milliseconds. */
  private static final int MAX_RSA_BITS = 8_192;

  private static final int MAX_EXPONENT_BITS = 64;
  private static final int ED25519_BYTES = 32;

  /** What makes the key; certificates beside it prove nothing here and are not looked at. */
  private static final List<String> MATERIAL = List.of("kty", "n", "e", "crv", "x", "y");

  /** RFC 7518 section 6.3.2 and 6.2.2; and {@code k} of symmetric keys. */
  private static final Set<String> SECRETS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private PublishedKeyReader() {}

  static PublishedKey read(Json.Members key) {
    if (SECRETS.stream().anyMatch(key::has)) {
      return new Unusable("its secret is published with it");
    }
    if (!forSignatures(key)) {
      return new Unusable("it is not for verifying signatures");
    }
    Optional<Json> algorithm = key.find("alg");
    Optional<SignatureAlgorithm> only =
        algorithm.flatMap(PublishedKeyReader::text).flatMap(SignatureAlgorithm::named);
    if (algorithm.isPresent() && only.isEmpty()) {
      return new Unusable("it is for an algorithm that is not known");
    }
    try {
      return read(JWK.parse(material(key)), only);
    } catch (ParseException
        | JOSEException
        | GeneralSecurityException
        | IllegalArgumentException
        | IllegalStateException e) {
      return new Unusable("it makes no sense, or is of a kind that is not known");
    }
  }

  private static Optional<String> text(Json value) {
    return value instanceof Json.Text(String text) ? Optional.of(text) : Optional.empty();
  }

  private static boolean forSignatures(Json.Members key) {
    boolean use = key.find("use").map(value -> value.equals(new Json.Text("sig"))).orElse(true);
    boolean operations =
        key.find("key_ops")
            .map(
                value ->
                    value instanceof Json.Items(List<Json> names)
                        && names.contains(new Json.Text("verify")))
            .orElse(true);
    return use && operations;
  }

  private static Map<String, Object> material(Json.Members key) {
    Map<String, Object> material = new HashMap<>();
    for (String name : MATERIAL) {
      key.find(name)
          .flatMap(PublishedKeyReader::text)
          .ifPresent(value -> material.put(name, value));
    }
    return material;
  }

  private static PublishedKey read(JWK key, Optional<SignatureAlgorithm> only)
      throws JOSEException, GeneralSecurityException {
    return switch (key) {
      case RSAKey rsa -> rsa(rsa.toRSAPublicKey(), only);
      case ECKey curve when curve.getCurve().equals(Curve.P_256) ->
          usable(KeyForm.P256, curve.toECPublicKey(), only);
      case ECKey curve when curve.getCurve().equals(Curve.P_384) ->
          usable(KeyForm.P384, curve.toECPublicKey(), only);
      case ECKey curve when curve.getCurve().equals(Curve.P_521) ->
          usable(KeyForm.P521, curve.toECPublicKey(), only);
      case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) ->
          usable(KeyForm.ED25519, edwards(pair.getDecodedX()), only);
      default -> new Unusable("it is of a kind that is not known");
    };
  }

  private static PublishedKey rsa(RSAPublicKey key, Optional<SignatureAlgorithm> only) {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      return new Unusable("it is RSA of " + bits + " bits; 2,048 to 8,192 will do");
    }
    BigInteger exponent = key.getPublicExponent();
    boolean sound = exponent.testBit(0) && exponent.compareTo(BigInteger.TWO) > 0;
    if (!sound || exponent.bitLength() > MAX_EXPONENT_BITS) {
      return new Unusable("it is RSA with a public exponent that proves nothing");
    }
    return usable(KeyForm.RSA, key, only);
  }

  private static PublishedKey usable(
      KeyForm form, PublicKey key, Optional<SignatureAlgorithm> only) {
    if (only.isPresent() && only.get().form() != form) {
      return new Unusable("it is for an algorithm that it does not fit");
    }
    return new Usable(form, key, only);
  }

  /** RFC 8032 section 5.1.3: little-endian, and the highest bit is the sign of x. */
  private static PublicKey edwards(byte[] encoded) throws GeneralSecurityException {
    if (encoded.length != ED25519_BYTES) {
      throw new IllegalArgumentException("not a point of Ed25519");
    }
    byte[] bigEndian = new byte[ED25519_BYTES];
    for (int i = 0; i < ED25519_BYTES; i++) {
      bigEndian[i] = encoded[ED25519_BYTES - 1 - i];
    }
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}

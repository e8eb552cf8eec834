package io.gatehouse.appliance.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.appliance.identity.oidc.OidcServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes a sound token of a provider unsound in one place, and signs it all the same. */
final class Forge {
  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims;
  private JWK key;
  private JWSAlgorithm algorithm = JWSAlgorithm.RS256;
  private String moreClaims = "";
  private String moreHeader = "";

  Forge(OidcServer server) {
    key = server.keys().current();
    claims = server.tokens().claims("alice");
    header.put("alg", "RS256");
    header.put("kid", key.getKeyID());
    header.put("typ", "at+jwt");
  }

  Forge header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  Forge withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  /** Text of JSON, for what no map can say. */
  Forge headerText(String name, String json) {
    moreHeader += ",\"" + name + "\":" + json;
    return this;
  }

  Forge claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  Forge without(String name) {
    claims.remove(name);
    return this;
  }

  Forge claimText(String name, String json) {
    moreClaims += ",\"" + name + "\":" + json;
    return this;
  }

  /** Signs with this key, and says so. */
  Forge key(JWK other, JWSAlgorithm with) {
    header.put("kid", other.getKeyID());
    return keySecretly(other, with).header("alg", with.getName());
  }

  /** Signs with this key, and says nothing of it. */
  Forge keySecretly(JWK other, JWSAlgorithm with) {
    key = other;
    algorithm = with;
    return this;
  }

  String headerJson() {
    return json(header, moreHeader);
  }

  String claimsJson() {
    return json(claims, moreClaims);
  }

  private static String json(Map<String, Object> members, String more) {
    String json = JSONObjectUtils.toJSONString(members);
    return json.substring(0, json.length() - 1) + more + "}";
  }

  String unsigned() {
    return base64(headerJson()) + "." + base64(claimsJson());
  }

  String token() {
    return signed(unsigned());
  }

  String tokenOf(byte[] otherHeader, byte[] otherClaims) {
    return signed(base64(otherHeader) + "." + base64(otherClaims));
  }

  String tokenOfClaims(String json) {
    return tokenOf(
        headerJson().getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
  }

  String signed(String unsigned) {
    try {
      JWSSigner signer =
          JWSAlgorithm.Family.EC.contains(algorithm)
              ? new ECDSASigner(key.toECKey())
              : new RSASSASigner(
                  key.toRSAKey().toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
      return signed(unsigned, signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With a shared secret, in whichever algorithm the header names. */
  String mac(byte[] secret) {
    algorithm = JWSAlgorithm.parse(String.valueOf(header.get("alg")));
    try {
      return signed(unsigned(), new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signed(String unsigned, JWSSigner signer) throws JOSEException {
    byte[] content = unsigned.getBytes(StandardCharsets.US_ASCII);
    return unsigned + "." + signer.sign(new JWSHeader(algorithm), content);
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

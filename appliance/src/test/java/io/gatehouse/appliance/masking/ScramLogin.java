package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's half of SCRAM-SHA-256 without channel binding (RFC 7677), with the JDK alone. It
 * does not check the server's proof: what is tried here is not the login.
 */
final class ScramLogin {
  private static final String BARE = "n=,r=no-need-to-be-random";
  private static final Map<String, byte[]> SALTED = new ConcurrentHashMap<>();

  private final String password;

  ScramLogin(String password) {
    this.password = password;
  }

  String first() {
    return "n,," + BARE;
  }

  String last(String serverFirst) {
    String[] parts = serverFirst.split(",", 3);
    String nonce = parts[0].substring(2);
    byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
    int iterations = Integer.parseInt(parts[2].substring(2));
    // Derived once for each salt: tests log in a thousand times.
    byte[] salted =
        SALTED.computeIfAbsent(
            password + "," + serverFirst.substring(nonce.length() + 3),
            _ -> derived(salt, iterations));
    String withoutProof = "c=biws,r=" + nonce;
    String authentication = BARE + "," + serverFirst + "," + withoutProof;
    byte[] clientKey = hmac(salted, "Client Key");
    byte[] proof = hmac(sha256(clientKey), authentication);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= clientKey[i];
    }
    return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
  }

  private byte[] derived(byte[] salt, int iterations) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

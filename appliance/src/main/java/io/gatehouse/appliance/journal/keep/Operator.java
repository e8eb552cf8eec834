package io.gatehouse.appliance.journal.keep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Who may sign orders.
 *
 * @param name a person's, perhaps: only in encrypted records
 * @param key Ed25519
 */
public record Operator(String name, PublicKey key) {
  private static final int SHOWN = 8;

  /** Reads {@code openssl pkey -pubout}'s PEM. */
  public static Operator read(String name, Path file) throws IOException {
    try {
      byte[] encoded = Pem.read(file, "PUBLIC KEY");
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      return new Operator(name, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          file + " holds no Ed25519 public key in PEM; write one with: openssl pkey -pubout", e);
    }
  }

  /** What may be in clear text of who it is. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return "ed25519:" + HexFormat.of().formatHex(digest, 0, SHOWN);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether this operator, by this name, signed the text. */
  boolean signed(String text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(statement(text, name));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // also for a signature that is none
    }
  }

  /** A signature is of the name too, so that it counts for nobody else. */
  static byte[] statement(String text, String operator) {
    return (text + "operator " + operator + "\n").getBytes(StandardCharsets.UTF_8);
  }
}

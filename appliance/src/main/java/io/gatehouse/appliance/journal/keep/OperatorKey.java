package io.gatehouse.appliance.journal.keep;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** What an operator signs orders with. */
public final class OperatorKey {
  private final String name;
  private final PrivateKey key;

  public OperatorKey(String name, PrivateKey key) {
    this.name = name;
    this.key = key;
  }

  /** Reads {@code openssl genpkey -algorithm ed25519}'s PEM. */
  public static OperatorKey read(String name, Path file) throws IOException {
    byte[] encoded = Pem.read(file, "PRIVATE KEY");
    try {
      return new OperatorKey(
          name,
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          file + " holds no Ed25519 key; write one with: openssl genpkey -algorithm ed25519", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  byte[] sign(String text) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(Operator.statement(text, name));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with Ed25519", e);
    }
  }
}

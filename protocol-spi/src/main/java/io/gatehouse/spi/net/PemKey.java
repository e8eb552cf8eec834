package io.gatehouse.spi.net;

import io.gatehouse.spi.net.TlsMaterial.UnusableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in PEM: PKCS#8 (RFC 7468, section 10), without a passphrase. */
final class PemKey {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  private PemKey() {}

  static PrivateKey read(Path file) throws UnusableException {
    byte[] encoded = encoded(file);
    try {
      for (String algorithm : ALGORITHMS) {
        try {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException anotherAlgorithm) {
          // the next one
        }
      }
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    throw new UnusableException(file + " holds a key of an algorithm that TLS does not use", null);
  }

  private static byte[] encoded(Path file) throws UnusableException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new UnusableException("there is no file " + file, e);
    } catch (IOException e) {
      throw new UnusableException(file + " cannot be read", e);
    }
    Matcher matcher = PKCS8.matcher(text);
    if (!matcher.find()) {
      throw new UnusableException(
          file
              + " holds no private key in PKCS#8 form without a passphrase; convert it with:"
              + " openssl pkcs8 -topk8 -nocrypt -in "
              + file
              + " -out NEW",
          null);
    }
    // MIME's decoder skips line ends, and anything else the pattern has refused already.
    return Base64.getMimeDecoder().decode(matcher.group(1));
  }

  /** A context takes any key with any certificate; clients would find out. */
  static void requirePair(PrivateKey key, X509Certificate leaf, Path keyFile, Path certificateFile)
      throws UnusableException {
    byte[] sample = "pair".getBytes(StandardCharsets.US_ASCII);
    boolean pair;
    try {
      Signature signature = Signature.getInstance(signatureOf(key));
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(leaf.getPublicKey());
      signature.update(sample);
      pair = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      pair = false;
    }
    if (!pair) {
      throw new UnusableException(
          keyFile + " is not the key of the first certificate in " + certificateFile, null);
    }
  }

  private static String signatureOf(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}

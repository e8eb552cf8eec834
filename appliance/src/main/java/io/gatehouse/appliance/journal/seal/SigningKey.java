package io.gatehouse.appliance.journal.seal;

import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The private key that signs checkpoints, and the public one under which they will be verified. */
public final class SigningKey {
  /** What a key can be: Ed25519, or ECDSA over P-256 where FIPS 140 is asked for. */
  public enum Algorithm {
    ED25519("Ed25519", "Ed25519"),
    ECDSA_P256("EC", "SHA256withECDSA");

    private final String key;
    private final String signature;

    Algorithm(String key, String signature) {
      this.key = key;
      this.signature = signature;
    }
  }

  private final PrivateKey key;
  private final Algorithm algorithm;
  private final VerifierKey verifier;

  private SigningKey(PrivateKey key, VerifierKey verifier) {
    this.key = key;
    this.verifier = verifier;
    this.algorithm = key instanceof EdECPrivateKey ? Algorithm.ED25519 : Algorithm.ECDSA_P256;
  }

  /** Makes a pair; the name becomes the origin of the checkpoints. */
  public static SigningKey generate(String name, Algorithm algorithm)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.key);
    if (algorithm == Algorithm.ECDSA_P256) {
      generator.initialize(256);
    }
    KeyPair pair = generator.generateKeyPair();
    return new SigningKey(pair.getPrivate(), VerifierKey.of(name, pair.getPublic()));
  }

  /**
   * Reads a PKCS#8 file, PEM or DER.
   *
   * @throws GeneralSecurityException if it holds no such key, or not the one that the verifier key
   *     is of
   */
  public static SigningKey read(Path file, VerifierKey verifier)
      throws IOException, GeneralSecurityException {
    byte[] encoded = der(Files.readAllBytes(file), file);
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(encoded);
    Arrays.fill(encoded, (byte) 0);
    for (Algorithm algorithm : Algorithm.values()) {
      try {
        PrivateKey key = KeyFactory.getInstance(algorithm.key).generatePrivate(spec);
        SigningKey read = new SigningKey(key, verifier);
        byte[] probe = "probe\n".getBytes(StandardCharsets.UTF_8);
        if (verifier.verifies(probe, read.signature(probe))) {
          return read;
        }
        throw new GeneralSecurityException(
            "the key in " + file + " does not belong to the verifier key " + verifier);
      } catch (java.security.spec.InvalidKeySpecException e) {
        // of the other algorithm, perhaps
      }
    }
    throw new GeneralSecurityException(
        file + " holds no Ed25519 or P-256 key in PKCS#8; write one with: openssl genpkey");
  }

  /** The same with a verifier key that is in a file, as its line. */
  public static SigningKey read(Path file, Path verifier)
      throws IOException, GeneralSecurityException {
    return read(file, VerifierKey.parse(Files.readString(verifier).strip()));
  }

  /** Of the key and the journal that it signs. */
  public String name() {
    return verifier.name();
  }

  private static byte[] der(byte[] content, Path file) throws GeneralSecurityException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
    int end = text.indexOf("-----END PRIVATE KEY-----");
    if (begin < 0) {
      return content;
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(text.indexOf('\n', begin), end));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new GeneralSecurityException(file + " is not a whole PEM file", e);
    }
  }

  /** The key as PKCS#8 in PEM, to be written to a file that only the gate can read. */
  public byte[] pem() {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    String pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    return pem.getBytes(StandardCharsets.US_ASCII);
  }

  public VerifierKey verifier() {
    return verifier;
  }

  /** The text as a signed note, C2SP signed-note. */
  byte[] note(String text) throws GeneralSecurityException {
    byte[] signature = signature(text.getBytes(StandardCharsets.UTF_8));
    byte[] named = Arrays.copyOf(verifier.id(), 4 + signature.length);
    System.arraycopy(signature, 0, named, 4, signature.length);
    String line = "\u2014 " + verifier.name() + " " + Base64.getEncoder().encodeToString(named);
    return (text + "\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private byte[] signature(byte[] text) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(algorithm.signature);
    signer.initSign(key);
    signer.update(text);
    return signer.sign();
  }
}

package io.gatehouse.verifier;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key in the form of C2SP signed-note: {@code name+id+base64(type || key)}, where the type
 * is 1 for Ed25519 or 2 for ECDSA, here over P-256.
 */
public final class VerifierKey {
  private static final int ED25519 = 1;
  private static final int ECDSA = 2;
  // RFC 8410, section 4: what comes before the 32 bytes of the key
  private static final byte[] ED25519_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");
  // FIPS 186-4, D.1.2.3: the order of P-256
  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final String line;
  private final String name;
  private final byte[] id;
  private final String algorithm;
  private final PublicKey key;

  private VerifierKey(String name, byte[] typed, PublicKey key, byte[] id) {
    this.name = name;
    this.id = id;
    this.key = key;
    this.algorithm = typed[0] == ED25519 ? "Ed25519" : "SHA256withECDSA";
    this.line = name + "+" + HexFormat.of().formatHex(id) + "+" + base64(typed);
  }

  /** Makes the key's line of a name and a public key of the JDK. */
  public static VerifierKey of(String name, PublicKey key) throws InvalidKeyException {
    byte[] encoded = key.getEncoded();
    byte[] typed;
    if (key instanceof ECPublicKey) {
      typed = join(new byte[] {ECDSA}, encoded);
    } else {
      byte[] raw = Arrays.copyOfRange(encoded, ED25519_HEADER.length, encoded.length);
      typed = join(new byte[] {ED25519}, raw);
    }
    return of(name, typed);
  }

  /** Reads the key's line, and believes the id only if it is the key's. */
  public static VerifierKey parse(String line) throws InvalidKeyException {
    String[] parts = line.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw new InvalidKeyException("a verifier key is name+id+base64, all on one line");
    }
    byte[] typed;
    try {
      typed = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the third part of the verifier key is not base64", e);
    }
    VerifierKey read = of(parts[0], typed);
    if (!read.line.equals(line.strip())) {
      throw new InvalidKeyException("the verifier key's id is not that of its name and key");
    }
    return read;
  }

  private static VerifierKey of(String name, byte[] typed) throws InvalidKeyException {
    if (name.isEmpty()
        || name.chars().anyMatch(c -> c <= ' ' || Character.isSpaceChar(c) || c == '+')) {
      throw new InvalidKeyException("a key's name has no spaces and no plus");
    }
    try {
      byte[] raw = Arrays.copyOfRange(typed, Math.min(1, typed.length), typed.length);
      if (typed.length == 33 && typed[0] == ED25519) {
        byte[] spki = join(ED25519_HEADER, raw);
        PublicKey key =
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        byte[] named = join((name + "\n").getBytes(StandardCharsets.UTF_8), typed);
        return new VerifierKey(name, typed, key, Arrays.copyOf(Tree.sha256(named), 4));
      }
      if (typed.length > 1 && typed[0] == ECDSA) {
        PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(raw));
        if (key instanceof ECPublicKey curve && curve.getParams().getOrder().equals(P256_ORDER)) {
          return new VerifierKey(name, typed, key, Arrays.copyOf(Tree.sha256(raw), 4));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException("the verifier key cannot be read", e);
    }
    throw new InvalidKeyException("a verifier key is of type 1, Ed25519, or 2, ECDSA over P-256");
  }

  /** The key's name, which is also the origin of the checkpoints that it signs. */
  public String name() {
    return name;
  }

  /** The first four bytes of each signature. */
  public byte[] id() {
    return id.clone();
  }

  /** Whether the signature, without the id before it, is of this text by this key. */
  public boolean verifies(byte[] text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // also for a signature that is none
    }
  }

  @Override
  public String toString() {
    return line;
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

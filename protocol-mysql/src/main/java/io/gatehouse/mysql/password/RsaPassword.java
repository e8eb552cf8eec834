package io.gatehouse.mysql.password;

import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.message.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;

/**
 * The full path of caching_sha2_password without TLS: the password under the server's public key,
 * RSA with OAEP over SHA-1. Nothing proves whose key it is, so that somebody in between can put
 * their own in its place: whoever allows this has said so in the target's configuration.
 */
public final class RsaPassword {
  private static final String CIPHER = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

  /** Smaller ones can be factored; larger ones keep an event loop busy. */
  private static final int LEAST_BITS = 2_048;

  private static final int MOST_BITS = 8_192;

  private RsaPassword() {}

  /** A server's public key, as it is sent: PEM. */
  public static RSAPublicKey publicKey(byte[] pem) {
    Matcher matcher = PEM.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!matcher.matches()) {
      throw new ProtocolException("the server's public key is not one in PEM form");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
      RSAPublicKey key =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
      int bits = key.getModulus().bitLength();
      if (bits < LEAST_BITS || bits > MOST_BITS) {
        throw new ProtocolException("the server's public key has " + bits + " bits");
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ProtocolException("the server's public key is not an RSA key");
    }
  }

  /** What the client sends. */
  public static byte[] encrypt(Secret password, byte[] scramble, RSAPublicKey key) {
    byte[] padded = padded(password, scramble);
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return cipher.doFinal(padded);
    } catch (GeneralSecurityException e) {
      throw new ProtocolException("the password is too long for the server's public key");
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /** What the server makes of it. */
  public static Secret decrypt(byte[] sent, byte[] scramble, PrivateKey key) {
    byte[] padded;
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.DECRYPT_MODE, key);
      padded = cipher.doFinal(sent);
    } catch (GeneralSecurityException e) {
      throw new ProtocolException("a password that is not encrypted for this key");
    }
    try (Secret all = Secret.of(padded)) {
      xor(all.bytes(), scramble);
      return cleared(all.bytes());
    }
  }

  /** With a zero behind it, under the scramble over and over. */
  private static byte[] padded(Secret password, byte[] scramble) {
    byte[] padded = terminated(password);
    xor(padded, scramble);
    return padded;
  }

  private static void xor(byte[] target, byte[] scramble) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= scramble[i % scramble.length];
    }
  }

  /** The password as it is sent inside TLS: with a zero behind it. */
  public static byte[] terminated(Secret password) {
    return Arrays.copyOf(password.bytes(), password.bytes().length + 1);
  }

  /** The other way: without the zero, which must be the only one, and the last. */
  public static Secret cleared(byte[] terminated) {
    for (int i = 0; i < terminated.length; i++) {
      if (terminated[i] == 0 && i == terminated.length - 1) {
        return Secret.of(Arrays.copyOf(terminated, i));
      }
      if (terminated[i] == 0) {
        break;
      }
    }
    throw new ProtocolException("a password does not end with its only zero");
  }
}

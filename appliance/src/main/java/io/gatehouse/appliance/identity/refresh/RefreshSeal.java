package io.gatehouse.appliance.identity.refresh;

import io.gatehouse.appliance.control.Refreshes.Sealed;
import io.gatehouse.spi.login.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What refresh tokens are sealed with: AES-256-GCM, under a key of its own that follows from the
 * configured one. A sealed token opens for the credential only that it was sealed for. Thread-safe.
 */
public final class RefreshSeal {
  public static final int LEAST_BYTES = 32;

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Of the form; another one could follow. */
  private static final byte FORM = 1;

  private final SecretKey key;
  private final SecureRandom random;

  private RefreshSeal(SecretKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** The secret stays its owner's. */
  public static RefreshSeal of(Secret secret, SecureRandom random) {
    if (secret.bytes().length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "the key of refresh tokens needs at least " + LEAST_BYTES + " bytes");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
      byte[] derived =
          mac.doFinal("gatehouse refresh tokens 1".getBytes(StandardCharsets.US_ASCII));
      SecretKey key = new SecretKeySpec(derived, "AES");
      Arrays.fill(derived, (byte) 0);
      return new RefreshSeal(key, random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", e);
    }
  }

  Sealed seal(String credential, String token) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] text =
          cipher(Cipher.ENCRYPT_MODE, nonce, credential)
              .doFinal(token.getBytes(StandardCharsets.UTF_8));
      byte[] sealed =
          ByteBuffer.allocate(1 + nonce.length + text.length)
              .put(FORM)
              .put(nonce)
              .put(text)
              .array();
      return new Sealed(Base64.getEncoder().encodeToString(sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /** Empty if it was sealed under another key, for another credential, or not here. */
  Optional<String> open(String credential, Sealed sealed) {
    try {
      byte[] bytes = Base64.getDecoder().decode(sealed.text());
      if (bytes.length <= 1 + NONCE_BYTES || bytes[0] != FORM) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOfRange(bytes, 1, 1 + NONCE_BYTES);
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, nonce, credential)
              .doFinal(bytes, 1 + NONCE_BYTES, bytes.length - 1 - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String credential) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(credential.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "RefreshSeal[redacted]";
  }
}

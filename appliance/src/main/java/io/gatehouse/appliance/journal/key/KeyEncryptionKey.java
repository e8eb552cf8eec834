package io.gatehouse.appliance.journal.key;

import io.gatehouse.appliance.config.SecretReference;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** What data keys are wrapped under. Its name is in clear text in every slot. Thread-safe. */
public final class KeyEncryptionKey {
  /** Of the secret that the key is made from. */
  public static final int LEAST_BYTES = 32;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,15}");
  private static final String PURPOSE = "gatehouse journal key-encryption key 1";
  private static final int TAG_BITS = 128;

  private final String name;
  private final SecretKey key;

  private KeyEncryptionKey(String name, SecretKey key) {
    this.name = name;
    this.key = key;
  }

  /** Reads the secret now. May wait for a disk. */
  public static KeyEncryptionKey read(String name, SecretReference reference) throws IOException {
    try (Secret secret = reference.resolve()) {
      return of(name, secret);
    }
  }

  /**
   * The key is HMAC-SHA-256 of the purpose under the secret, so that the secret may be text.
   *
   * @param secret stays the caller's
   */
  public static KeyEncryptionKey of(String name, Secret secret) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException(
          "a key-encryption key's name is 1 to 16 letters, digits, dots, dashes, underscores");
    }
    if (secret.bytes().length < LEAST_BYTES) {
      throw new IOException(
          "the key-encryption key %s has %d bytes and needs at least %d"
              .formatted(name, secret.bytes().length, LEAST_BYTES));
    }
    return new KeyEncryptionKey(name, Derivation.key(secret, PURPOSE, "AES"));
  }

  public String name() {
    return name;
  }

  boolean same(KeyEncryptionKey other) {
    return name.equals(other.name) && key.equals(other.key);
  }

  byte[] wrap(byte[] dataKey, byte[] nonce, byte[] bound) throws IOException {
    try {
      return cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(dataKey);
    } catch (GeneralSecurityException e) {
      throw new IOException("a data key cannot be wrapped under " + name, e);
    }
  }

  byte[] unwrap(byte[] wrapped, byte[] nonce, byte[] bound) throws IOException {
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, bound).doFinal(wrapped);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "a data key cannot be unwrapped by the key-encryption key named "
              + name
              + ": the slot was changed, or this is another key of that name",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }

  @Override
  public String toString() {
    return "KeyEncryptionKey[" + name + "]";
  }
}

package io.gatehouse.appliance.journal.key;

import io.gatehouse.appliance.config.SecretReference;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import javax.crypto.SecretKey;

/**
 * What somebody needs who reads the journal; all of it follows from the wrapping secret.
 *
 * @param wrapping what data keys are wrapped under
 * @param index makes the terms of the index blind, and vouches for its files
 * @param notes encrypts the notes of what was read
 */
public record ReadingKeys(KeyEncryptionKey wrapping, SecretKey index, SecretKey notes) {
  private static final String INDEX = "gatehouse journal index key 1";
  private static final String NOTES = "gatehouse journal reading-note key 1";

  /** Reads the secret now. May wait for a disk. */
  public static ReadingKeys read(String name, SecretReference reference) throws IOException {
    try (Secret secret = reference.resolve()) {
      return of(name, secret);
    }
  }

  /**
   * @param secret stays the caller's
   */
  public static ReadingKeys of(String name, Secret secret) throws IOException {
    return new ReadingKeys(
        KeyEncryptionKey.of(name, secret),
        Derivation.key(secret, INDEX, "HmacSHA256"),
        Derivation.key(secret, NOTES, "AES"));
  }

  @Override
  public String toString() {
    return "ReadingKeys[" + wrapping.name() + "]";
  }
}

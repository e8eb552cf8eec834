package io.gatehouse.appliance.identity.issued;

import io.gatehouse.appliance.control.Verifiers;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.util.Arrays;

/**
 * From a password to what verifies it. The salt follows from the name under a key that the store
 * keeps: so a name has the same salt before it is issued, while it is good and after, on every gate
 * and across restarts, and the first message of SCRAM tells nobody which of these it is.
 */
final class Derivation {
  /**
   * The least that RFC 7677 allows. Iterations make a guess dearer; of 2^160 equally likely
   * passwords none is guessed at any price, so more would only cost the clients and the gate.
   */
  static final int ITERATIONS = ScramVerifier.LEAST_ITERATIONS;

  private final byte[] saltKey;

  Derivation(byte[] saltKey) {
    this.saltKey = saltKey.clone();
  }

  /** Costs PBKDF2 time, so never on an event loop. */
  Verifiers verifiers(String name, Secret password) {
    return new Verifiers(scram(name, password), twice(password), bearer(name, password));
  }

  /** One that no password fits, with the salt that the name would have. */
  ScramVerifier unknown(String name) {
    return ScramVerifier.decoy(saltKey, name, ITERATIONS);
  }

  private ScramVerifier scram(String name, Secret password) {
    byte[] salt = unknown(name).salt();
    ScramKeys keys = ScramKeys.derive(password, salt, ITERATIONS);
    try {
      return new ScramVerifier(
          ITERATIONS, salt, Sha256.digest(keys.clientKey()), keys.serverKey().clone());
    } finally {
      Arrays.fill(keys.clientKey(), (byte) 0);
    }
  }

  private static byte[] twice(Secret password) {
    byte[] once = Sha256.digest(password.bytes());
    try {
      return Sha256.digest(once);
    } finally {
      Arrays.fill(once, (byte) 0);
    }
  }

  private static byte[] bearer(String name, Secret password) {
    try (Secret token = BearerToken.of(name, password)) {
      return Sha256.digest(token.bytes());
    }
  }
}

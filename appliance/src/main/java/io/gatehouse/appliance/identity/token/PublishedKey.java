package io.gatehouse.appliance.identity.token;

import java.security.PublicKey;
import java.util.Optional;

/** A key that an issuer publishes. */
sealed interface PublishedKey {

  /**
   * It verifies.
   *
   * @param algorithm the only one that it is for, where it says so
   */
  record Usable(KeyForm form, PublicKey key, Optional<SignatureAlgorithm> algorithm)
      implements PublishedKey {
    boolean fits(SignatureAlgorithm other) {
      return other.form() == form && algorithm.filter(only -> only != other).isEmpty();
    }
  }

  /**
   * It is there and verifies nothing.
   *
   * @param why for the log; nothing of the key
   */
  record Unusable(String why) implements PublishedKey {}
}

package io.gatehouse.spi;

import io.gatehouse.spi.login.Secret;

/** What the client presented for an {@link Offer}. */
public sealed interface Proof {

  /**
   * The SCRAM exchange ended.
   *
   * @param proved whether the client's proof fits the offered verifier
   */
  record Scram(boolean proved) implements Proof {}

  /** The engine destroys the secret. */
  record ClearPassword(Secret password) implements Proof {}

  /**
   * The engine destroys the token.
   *
   * @param token empty if the client has none: then it asks where to get one, and shall be refused
   */
  record BearerToken(Secret token) implements Proof {}

  record Certificate() implements Proof {}
}

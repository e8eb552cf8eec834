package io.gatehouse.spi;

import io.gatehouse.spi.login.ScramVerifier;

/** The proof the client shall give. The choice is made before any secret is seen. */
public sealed interface Offer {

  /**
   * SCRAM-SHA-256 against this verifier. For an unknown name the engine hands out a verifier that
   * no password fits, so that the exchange looks the same.
   */
  record Scram(ScramVerifier verifier) implements Offer {}

  /** The password in clear, accepted inside TLS only. */
  record ClearPassword() implements Offer {}

  /**
   * SASL OAUTHBEARER (RFC 7628), inside TLS only.
   *
   * @param discovery the JSON the client gets when it comes without a token that is accepted
   */
  record OAuthBearer(String discovery) implements Offer {}

  /** The certificate of the TLS handshake is the proof. */
  record Certificate() implements Offer {}

  record Refused(Refusal refusal) implements Offer {}
}

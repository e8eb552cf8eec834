package io.gatehouse.appliance.identity.token;

import java.util.Optional;

/** What became of a token. */
public sealed interface TokenAnswer {

  /** It is sound. */
  record Accepted(TokenIdentity identity) implements TokenAnswer {}

  /**
   * It proves nothing.
   *
   * @param reason for the log and the journal; a caller who learned it would learn what to change
   * @param issuer the configured issuer that it names, truly or not
   */
  record Refused(TokenRefusal reason, Optional<String> issuer) implements TokenAnswer {}
}

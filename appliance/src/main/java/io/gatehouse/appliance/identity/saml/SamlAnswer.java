package io.gatehouse.appliance.identity.saml;

import io.gatehouse.appliance.identity.token.TokenIdentity;
import java.time.Instant;
import java.util.Optional;

/** What became of a response. */
public sealed interface SamlAnswer {

  /**
   * It is sound, and used up.
   *
   * @param identity whom it is about; its token id is the assertion's, its issuer the provider's
   *     entity id
   * @param sessionEnd when the session at the provider is over, where it says so
   * @param waiting who asked for it
   */
  record Accepted(
      TokenIdentity identity, Optional<Instant> sessionEnd, OpenRequests.Waiting waiting)
      implements SamlAnswer {}

  /**
   * It proves nothing.
   *
   * @param reason for the log; a browser that learned it would say what to change
   */
  record Refused(SamlRefusal reason) implements SamlAnswer {}
}

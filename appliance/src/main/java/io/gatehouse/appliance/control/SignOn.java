package io.gatehouse.appliance.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The login at a provider that stands behind what was proved, as that provider names it.
 *
 * @param subject its {@code sub}, whatever claim the name here is taken from
 * @param session its {@code sid}
 * @param at by its clock, when it said so; the beginning of time where it does not say
 */
public record SignOn(Optional<String> subject, Optional<String> session, Instant at) {
  public static final SignOn UNKNOWN =
      new SignOn(Optional.empty(), Optional.empty(), Instant.EPOCH);

  public SignOn {
    subject.ifPresent(name -> Text.checked("the provider's subject", name));
    session.ifPresent(name -> Text.checked("the provider's session", name));
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether what was revoked of a provider's names is this; whose issuer it is, is not asked. */
  public boolean endedBy(Revocation.OfSignOn revocation) {
    return session.filter(revocation.session()::equals).isPresent();
  }

  /** The same of a subject, which may have logged in since. */
  public boolean endedBy(Revocation.OfProviderSubject revocation) {
    return subject.filter(revocation.subject()::equals).isPresent() && !at.isAfter(revocation.at());
  }
}

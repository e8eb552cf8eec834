package io.gatehouse.appliance.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What shall not count any more. Times are cut to milliseconds. */
public sealed interface Revocation {

  /** By the clock of who revoked. */
  Instant at();

  /** How long it is of use: later nothing that it is about can exist any more. */
  Instant keptUntil();

  /**
   * Everything that somebody proved up to a time, as subject or as the actor for another: issued
   * credentials, tokens, sessions. Whoever proves it again later is let in: whether that works is
   * the identity provider's to say. Of credentials also those end that were in the store when this
   * was written, whatever the clock said that issued them.
   *
   * @param name the subject's or actor's, whoever vouched for it
   */
  record OfCaller(String name, Instant at, Instant keptUntil) implements Revocation {
    public OfCaller {
      Text.checked("the caller", name);
      at = at.truncatedTo(ChronoUnit.MILLIS);
      keptUntil = keptUntil.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** One issued credential, and the sessions that it opened. */
  record OfCredential(String name, Instant at, Instant keptUntil) implements Revocation {
    public OfCredential {
      Text.checked("the credential's name", name);
      at = at.truncatedTo(ChronoUnit.MILLIS);
      keptUntil = keptUntil.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** One session, on whichever gate it is. */
  record OfSession(String session, Instant at, Instant keptUntil) implements Revocation {
    public OfSession {
      Text.checked("the session", session);
      at = at.truncatedTo(ChronoUnit.MILLIS);
      keptUntil = keptUntil.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /**
   * What was proved within one login at a provider: issued credentials, tokens, sessions.
   *
   * @param session its {@code sid}
   */
  record OfSignOn(String issuer, String session, Instant at, Instant keptUntil)
      implements Revocation {
    public OfSignOn {
      Text.checked("the issuer", issuer);
      Text.checked("the provider's session", session);
      at = at.truncatedTo(ChronoUnit.MILLIS);
      keptUntil = keptUntil.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /**
   * What a provider vouched for up to a time by its own clock.
   *
   * @param subject its {@code sub}, which need not be the name here
   */
  record OfProviderSubject(String issuer, String subject, Instant at, Instant keptUntil)
      implements Revocation {
    public OfProviderSubject {
      Text.checked("the issuer", issuer);
      Text.checked("the provider's subject", subject);
      at = at.truncatedTo(ChronoUnit.MILLIS);
      keptUntil = keptUntil.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /**
   * The groups that a credential had. It stays good; sessions that began with them do not.
   *
   * @param version of the store that has others; where it is written, the store gives it
   */
  record OfGroups(String credential, long version, Instant at, Instant keptUntil)
      implements Revocation {
    public OfGroups {
      Text.checked("the credential's name", credential);
      at = at.truncatedTo(ChronoUnit.MILLIS);
      keptUntil = keptUntil.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /**
   * One token of an identity provider.
   *
   * @param issuer its {@code iss}: ids are unique within one only
   * @param id its {@code jti}
   * @param keptUntil no earlier than its {@code exp} and the skew that is allowed for
   */
  record OfToken(String issuer, String id, Instant at, Instant keptUntil) implements Revocation {
    public OfToken {
      Text.checked("the issuer", issuer);
      Text.checked("the token's id", id);
      at = at.truncatedTo(ChronoUnit.MILLIS);
      keptUntil = keptUntil.truncatedTo(ChronoUnit.MILLIS);
    }
  }
}

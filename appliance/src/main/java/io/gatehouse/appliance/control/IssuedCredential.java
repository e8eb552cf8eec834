package io.gatehouse.appliance.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What may be shown of a credential.
 *
 * @param name the user name; random, nothing follows from it
 * @param holder who has it
 * @param issuedAt by the issuing gate's clock, in whole milliseconds as all times here
 * @param expiresAt from when on it is as if it were not there
 * @param revokedAt the first time it was revoked for, itself or with its holder
 * @param freshness how new its holder's groups are
 */
public record IssuedCredential(
    String name,
    Holder holder,
    Instant issuedAt,
    Instant expiresAt,
    Optional<Instant> revokedAt,
    Freshness freshness) {

  public IssuedCredential {
    Text.checked("the name", name);
    issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
    revokedAt = revokedAt.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
    if (!expiresAt.isAfter(issuedAt)) {
      throw new IllegalArgumentException("a credential expires after it was issued");
    }
  }

  /** With the groups of its issuing. */
  public IssuedCredential(
      String name,
      Holder holder,
      Instant issuedAt,
      Instant expiresAt,
      Optional<Instant> revokedAt) {
    this(name, holder, issuedAt, expiresAt, revokedAt, Freshness.OF_ISSUING);
  }
}

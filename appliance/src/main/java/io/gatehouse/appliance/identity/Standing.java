package io.gatehouse.appliance.identity;

import io.gatehouse.appliance.control.Freshness;
import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.control.SignOn;
import io.gatehouse.appliance.identity.token.TokenIdentity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * On what a caller's word rests, and for how long: what ends it ends the sessions that it opened.
 *
 * @param issuer who vouches for the caller; empty for the users file
 * @param token the id that its issuer gave to it, where it was a token that has one
 * @param credential the name of the issued credential, where it was one
 * @param proven when the identity provider vouched for the caller; the beginning of time where that
 *     is not known, so that every revocation is later
 * @param until when it ends by itself
 * @param signOn the login at the issuer, as far as it is known
 * @param freshness how new the groups are, where it was an issued credential
 */
public record Standing(
    Optional<String> issuer,
    Optional<String> token,
    Optional<String> credential,
    Instant proven,
    Optional<Instant> until,
    SignOn signOn,
    Freshness freshness) {

  /** Of a login at a provider of which nothing is known, with groups that nobody asks for again. */
  public Standing(
      Optional<String> issuer,
      Optional<String> token,
      Optional<String> credential,
      Instant proven,
      Optional<Instant> until) {
    this(issuer, token, credential, proven, until, SignOn.UNKNOWN, Freshness.OF_ISSUING);
  }

  /** The users file's word holds as long as the user is in it. */
  static Standing local(Instant now) {
    return new Standing(
        Optional.empty(), Optional.empty(), Optional.empty(), now, Optional.empty());
  }

  static Standing of(TokenIdentity token) {
    return new Standing(
        Optional.of(token.issuer()),
        token.tokenId(),
        Optional.empty(),
        token.issued().orElse(Instant.EPOCH),
        Optional.of(token.expiry()),
        token.signOn(),
        Freshness.OF_ISSUING);
  }

  /** Who signed the certificate vouches, since it is valid and as long as it is. */
  static Standing of(X509Certificate leaf) {
    return new Standing(
        Optional.of(leaf.getIssuerX500Principal().getName()),
        Optional.empty(),
        Optional.empty(),
        leaf.getNotBefore().toInstant(),
        Optional.of(leaf.getNotAfter().toInstant()));
  }

  static Standing of(IssuedCredential credential) {
    return new Standing(
        Optional.of(credential.holder().issuer()),
        Optional.empty(),
        Optional.of(credential.name()),
        credential.issuedAt(),
        Optional.of(credential.expiresAt()),
        credential.holder().signOn(),
        credential.freshness());
  }
}

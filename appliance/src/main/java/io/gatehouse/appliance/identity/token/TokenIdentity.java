package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.control.SignOn;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.CallerKind;
import io.gatehouse.plugin.ProofMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a token proved.
 *
 * @param subject who it is about, with the issuer's namespace
 * @param groups the groups now; empty means none
 * @param actors the agents of a delegation: first the one that acts, then those that acted before
 *     it and count for the record only (RFC 8693 section 4.1)
 * @param issuer the configured URL of the issuer
 * @param client for whom it was issued, where it says so
 * @param tokenId its {@code jti}, where it has one: for the record
 * @param issued its {@code iat}, where it has one
 * @param expiry when it ends; without the skew
 * @param kind what the subject is
 * @param signOn the login that it is of
 */
public record TokenIdentity(
    String subject,
    Set<String> groups,
    List<String> actors,
    String issuer,
    Optional<String> client,
    Optional<String> tokenId,
    Optional<Instant> issued,
    Instant expiry,
    CallerKind kind,
    SignOn signOn) {

  public TokenIdentity {
    groups = Set.copyOf(groups);
    actors = List.copyOf(actors);
  }

  public Caller caller() {
    return new Caller(subject, groups, ProofMethod.TOKEN, actors.stream().findFirst(), kind);
  }
}

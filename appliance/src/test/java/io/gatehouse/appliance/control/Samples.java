package io.gatehouse.appliance.control;

import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Credentials to keep, whose verifiers are only bytes that can be told apart. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-22T03:00:00.123456Z");
  static final Duration HOUR = Duration.ofHours(1);

  private Samples() {}

  static Holder alice() {
    return holder("alice@example.com");
  }

  static Holder holder(String subject) {
    return new Holder(
        subject,
        Optional.empty(),
        Set.of("dba", "read only", "a+b%20", "日本 \"'; DROP"),
        NOW.minusSeconds(7),
        "https://idp.example.com/realms/bank",
        ProofMethod.TOKEN);
  }

  static Holder agentFor(String subject, String agent) {
    return new Holder(
        subject, Optional.of(agent), Set.of(), NOW, "https://idp.example.com", ProofMethod.TOKEN);
  }

  static StoredCredential credential(String name, Holder holder) {
    return credential(name, holder, NOW);
  }

  static StoredCredential credential(String name, Holder holder, Instant issuedAt) {
    return new StoredCredential(
        new IssuedCredential(name, holder, issuedAt, issuedAt.plus(HOUR), Optional.empty()),
        verifiers(name));
  }

  static Verifiers verifiers(String name) {
    byte[] digest = Sha256.digest(name.getBytes(StandardCharsets.UTF_8));
    return new Verifiers(
        new ScramVerifier(4_096, digest.clone(), digest, Sha256.digest(digest)),
        Sha256.digest(digest),
        digest);
  }

  static Revocation ofCaller(String name, Instant at) {
    return new Revocation.OfCaller(name, at, at.plus(HOUR));
  }

  static Revocation ofCredential(String name) {
    return new Revocation.OfCredential(name, NOW, NOW.plus(HOUR));
  }

  static Revocation ofSession(String session) {
    return new Revocation.OfSession(session, NOW, NOW.plus(HOUR));
  }
}

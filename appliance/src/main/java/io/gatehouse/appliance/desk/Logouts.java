package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.control.Revocation;
import io.gatehouse.appliance.identity.token.LogoutAnswer;
import io.gatehouse.appliance.identity.token.LogoutRules;
import io.gatehouse.appliance.identity.token.TokenRefusal;
import io.gatehouse.appliance.journal.record.CredentialRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logouts that the provider tells of. Thread-safe; nobody is held. */
final class Logouts {
  static final String PATH = "/v1/backchannel-logout";

  private static final Logger LOG = LoggerFactory.getLogger("desk");

  /** As long as credentials and tokens of that login may live; each takes room in every gate. */
  private static final Duration KEPT = Duration.ofDays(2);

  private static final String FIELD = "logout_token=";

  /** A compact token (RFC 7515), of which nothing is encoded in a form. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.-]+");

  private final LogoutRules rules;
  private final Counter.Parts parts;
  private final InstantSource clock;
  private final SeenTokens seen = new SeenTokens();

  Logouts(LogoutRules rules, Counter.Parts parts, InstantSource clock) {
    this.rules = rules;
    this.parts = parts;
    this.clock = clock;
  }

  /** Fails where the store or the journal does: then the provider may send it again. */
  CompletionStage<DeskAnswer> hear(Asked asked) {
    Optional<String> token = token(asked.body());
    if (token.isEmpty()) {
      return CompletableFuture.completedStage(refused(asked, "no logout_token"));
    }
    return parts
        .tokens()
        .checkLogout(token.get(), rules)
        .thenCompose(
            answer ->
                switch (answer) {
                  case LogoutAnswer.Refused(TokenRefusal reason) ->
                      CompletableFuture.completedStage(refused(asked, reason.code()));
                  case LogoutAnswer.Told told -> once(asked, told);
                });
  }

  /** Fields that are not understood are ignored, section 2.5; the one that counts is there once. */
  private static Optional<String> token(byte[] body) {
    List<String> tokens =
        Arrays.stream(new String(body, StandardCharsets.ISO_8859_1).split("&", -1))
            .filter(field -> field.startsWith(FIELD))
            .map(field -> field.substring(FIELD.length()))
            .toList();
    return tokens.size() == 1
        ? Optional.of(tokens.getFirst()).filter(TOKEN.asMatchPredicate())
        : Optional.empty();
  }

  private CompletionStage<DeskAnswer> once(Asked asked, LogoutAnswer.Told told) {
    if (!seen.first(told.id(), told.expiry(), clock.instant())) {
      return CompletableFuture.completedStage(refused(asked, TokenRefusal.SEEN_BEFORE.code()));
    }
    return parts
        .store()
        .revoke(revocation(told))
        .thenCompose(_ -> parts.ledger().keep(record(asked, told)))
        .thenApply(_ -> heard(asked))
        .whenComplete(
            (_, problem) -> {
              if (problem != null) {
                seen.forget(told.id());
              }
            });
  }

  /** A session is over for good; a subject may have logged in since. */
  private static Revocation revocation(LogoutAnswer.Told told) {
    Instant until = told.at().plus(KEPT);
    return told.session()
        .<Revocation>map(
            session -> new Revocation.OfSignOn(told.issuer(), session, told.at(), until))
        .orElseGet(
            () ->
                new Revocation.OfProviderSubject(
                    told.issuer(), told.subject().orElseThrow(), told.at(), until));
  }

  private static CredentialRecord.LoggedOut record(Asked asked, LogoutAnswer.Told told) {
    return new CredentialRecord.LoggedOut(
        told.issuer(),
        told.subject().orElse(null),
        told.session().orElse(null),
        told.id(),
        asked.source());
  }

  private static DeskAnswer heard(Asked asked) {
    LOG.atInfo().addKeyValue("source", asked.source()).log("logged out at the provider");
    return DeskAnswer.json(DeskAnswer.OK, Map.of());
  }

  private static DeskAnswer refused(Asked asked, String reason) {
    LOG.atInfo()
        .addKeyValue("source", asked.source())
        .addKeyValue("reason", reason)
        .log("logout refused");
    return DeskAnswer.error(
        DeskAnswer.BAD, "invalid_request", "this is no logout that is heard here", "");
  }
}

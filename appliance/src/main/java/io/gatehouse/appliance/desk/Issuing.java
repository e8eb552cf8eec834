package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.ControlStore.Listing;
import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.identity.issued.IssuedCredentials;
import io.gatehouse.appliance.identity.issued.NewCredential;
import io.gatehouse.appliance.identity.refresh.Enrolment;
import io.gatehouse.appliance.identity.saml.SamlAnswer;
import io.gatehouse.appliance.identity.token.TokenIdentity;
import io.gatehouse.appliance.journal.record.CredentialRecord;
import io.gatehouse.appliance.json.JsonText;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.login.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a sound token to a credential: counted, stored, recorded, told, in this order. What breaks
 * off in between is revoked and never told. Thread-safe; nobody is held.
 */
final class Issuing {
  private static final Logger LOG = LoggerFactory.getLogger("desk");

  /** Time for a credential to be made, so that it ends before the session at the provider. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final IssuedCredentials credentials;
  private final ControlStore store;
  private final Ledger ledger;
  private final Withdrawn withdrawn;
  private final Optional<Enrolment> refresh;
  private final long most;
  private final InstantSource clock;

  Issuing(Counter.Parts parts, Withdrawn withdrawn, long most, InstantSource clock) {
    this.credentials = parts.credentials();
    this.store = parts.store();
    this.ledger = parts.ledger();
    this.withdrawn = withdrawn;
    this.refresh = parts.refresh();
    this.most = most;
    this.clock = clock;
  }

  /**
   * For whom, how long, and from where it was asked.
   *
   * @param method how the identity was proved
   * @param lifetime how long it is wished for
   * @param end when what proved it is over, so that the credential must be too
   * @param refreshToken by what the provider can be asked again
   */
  record Order(
      TokenIdentity token,
      ProofMethod method,
      Duration lifetime,
      Optional<Instant> end,
      Optional<String> refreshToken,
      String source) {
    /** Of a token, which a credential may outlive. */
    static Order of(TokenIdentity token, Wish wish, String source) {
      return new Order(
          token, ProofMethod.TOKEN, wish.lifetime(), Optional.empty(), wish.refreshToken(), source);
    }

    /** Of a login by SAML; empty if the session there is over, or nearly. */
    static Optional<Order> of(
        SamlAnswer.Accepted who, Duration wanted, Instant now, String source) {
      Duration lifetime =
          who.sessionEnd()
              .map(end -> Duration.between(now, end).minus(MARGIN))
              .filter(left -> left.compareTo(wanted) < 0)
              .orElse(wanted);
      return lifetime.isPositive()
          ? Optional.of(
              new Order(
                  who.identity(),
                  ProofMethod.SAML,
                  lifetime,
                  who.sessionEnd(),
                  Optional.empty(),
                  source))
          : Optional.empty();
    }

    boolean outlived(IssuedCredential credential) {
      return end.filter(credential.expiresAt()::isAfter).isPresent();
    }

    @Override
    public String toString() {
      return "Order[" + token.subject() + ", " + method + ", " + lifetime + "]";
    }
  }

  /** Fails where store or journal do, and then nobody knows the password. */
  CompletionStage<DeskAnswer> issue(Order order) {
    return withdrawn
        .withdrawn(order.token())
        .thenCompose(
            ended ->
                ended
                    ? CompletableFuture.completedStage(DeskAnswer.unauthorized(true))
                    : theirs(order.token().subject())
                        .thenCompose(theirs -> admitted(theirs) ? make(order) : tooMany()));
  }

  /** Those that expired are forgotten once they fill the page. */
  private CompletionStage<List<IssuedCredential>> theirs(String subject) {
    return store
        .list(Listing.of(subject))
        .thenCompose(
            all ->
                all.size() < ControlStore.MOST_ROWS
                    ? CompletableFuture.completedStage(all)
                    : store
                        .forget(clock.instant())
                        .thenCompose(_ -> store.list(Listing.of(subject))));
  }

  private boolean admitted(List<IssuedCredential> theirs) {
    Instant now = clock.instant();
    long good = theirs.stream().filter(one -> good(one, now)).count();
    return good < most && theirs.size() < ControlStore.MOST_ROWS;
  }

  static boolean good(IssuedCredential one, Instant now) {
    return one.revokedAt().isEmpty() && one.expiresAt().isAfter(now);
  }

  private static CompletionStage<DeskAnswer> tooMany() {
    return CompletableFuture.completedStage(
        DeskAnswer.error(
            DeskAnswer.TOO_MANY,
            "too-many-credentials",
            "you have as many credentials as one caller may have",
            "revoke those that you do not need, or wait until some expire"));
  }

  private CompletionStage<DeskAnswer> make(Order order) {
    Duration lifetime = lifetime(order);
    if (!lifetime.isPositive()) {
      return CompletableFuture.completedStage(DeskAnswer.unauthorized(true));
    }
    return credentials.issue(holder(order), lifetime).thenCompose(made -> handOver(order, made));
  }

  /** What cannot be asked about where all are ends with what proved it. */
  private Duration lifetime(Order order) {
    boolean asked =
        refresh.isEmpty()
            || order.refreshToken().isPresent()
            || order.method() != ProofMethod.TOKEN;
    Duration left = Duration.between(clock.instant(), order.token().expiry());
    return asked || left.compareTo(order.lifetime()) > 0 ? order.lifetime() : left;
  }

  private CompletionStage<?> enrolled(Order order, String name) {
    return refresh.isPresent() && order.refreshToken().isPresent()
        ? refresh.get().begin(name, order.refreshToken().get())
        : CompletableFuture.completedStage(name);
  }

  private static Holder holder(Order order) {
    TokenIdentity token = order.token();
    return new Holder(
        token.subject(),
        token.actors().stream().findFirst(),
        token.groups(),
        token.issued().orElse(Instant.EPOCH),
        token.issuer(),
        order.method(),
        token.kind(),
        token.signOn());
  }

  /** Owns what was made, and closes it whatever happens. */
  private CompletionStage<DeskAnswer> handOver(Order order, NewCredential made) {
    String name = made.credential().name();
    return withdrawn
        .withdrawn(order.token())
        .thenCompose(
            ended ->
                ended || order.outlived(made.credential())
                    ? credentials.revoke(name).thenApply(_ -> DeskAnswer.unauthorized(true))
                    : enrolled(order, name)
                        .thenCompose(_ -> ledger.keep(record(order, made)))
                        .thenApply(_ -> told(made)))
        .whenComplete((_, _) -> made.close())
        .exceptionallyCompose(problem -> takenBack(name, problem));
  }

  /** Nobody knows the password, so it is over either way; the problem stays one. */
  private CompletionStage<DeskAnswer> takenBack(String name, Throwable problem) {
    return credentials
        .revoke(name)
        .handle((_, unrevoked) -> unrevoked == null)
        .thenCompose(
            revoked -> {
              LOG.atWarn()
                  .addKeyValue("name", name)
                  .addKeyValue("revoked", revoked)
                  .log("a credential was stored and not told");
              return CompletableFuture.failedStage(problem);
            });
  }

  private static CredentialRecord.Issued record(Order order, NewCredential made) {
    IssuedCredential credential = made.credential();
    Holder holder = credential.holder();
    Instant expires = credential.expiresAt();
    return new CredentialRecord.Issued(
        credential.name(),
        new CredentialRecord.To(
            holder.subject(),
            holder.groups(),
            holder.actor().orElse(null),
            holder.issuer(),
            order.token().tokenId().orElse(null),
            word(holder.method())),
        Math.addExact(
            Math.multiplyExact(expires.getEpochSecond(), 1_000_000_000L), expires.getNano()),
        order.source());
  }

  /** As in the records of sessions. */
  private static String word(ProofMethod method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  /** Byte by byte, so that the password is in no text that cannot be wiped. */
  private static DeskAnswer told(NewCredential made) {
    IssuedCredential credential = made.credential();
    try (Secret bearer = made.bearerToken()) {
      byte[] password = made.password().bytes();
      byte[] before = ascii("{\"user\":" + JsonText.of(credential.name()) + ",\"password\":\"");
      byte[] between = ascii("\",\"bearer\":\"");
      byte[] after =
          ascii(
              "\",\"expires\":"
                  + JsonText.of(credential.expiresAt())
                  + ",\"subject\":"
                  + JsonText.of(credential.holder().subject())
                  + "}");
      ByteBuffer body =
          ByteBuffer.allocate(
              before.length
                  + password.length
                  + between.length
                  + bearer.bytes().length
                  + after.length);
      body.put(before).put(password).put(between).put(bearer.bytes()).put(after);
      return new DeskAnswer(DeskAnswer.CREATED, java.util.Map.of(), body.array());
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

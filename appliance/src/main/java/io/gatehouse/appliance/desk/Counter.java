package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.config.DeskConfig;
import io.gatehouse.appliance.control.ControlStore;
import io.gatehouse.appliance.control.ControlStore.Listing;
import io.gatehouse.appliance.control.Holder;
import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.control.StoreException;
import io.gatehouse.appliance.identity.issued.IssuedCredentials;
import io.gatehouse.appliance.identity.issued.IssuedName;
import io.gatehouse.appliance.identity.refresh.Enrolment;
import io.gatehouse.appliance.identity.token.LogoutRules;
import io.gatehouse.appliance.identity.token.TokenAnswer;
import io.gatehouse.appliance.identity.token.TokenCheck;
import io.gatehouse.appliance.identity.token.TokenIdentity;
import io.gatehouse.appliance.journal.record.CredentialRecord;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is served, and to whom. Any thread asks and none is held. Closed by its desk. */
public final class Counter implements AutoCloseable {
  static final String DISCOVERY = "/.well-known/gatehouse";
  static final String CREDENTIALS = "/v1/credentials";

  private static final Logger LOG = LoggerFactory.getLogger("desk");

  private final DeskConfig config;
  private final Parts parts;
  private final Withdrawn withdrawn;
  private final Issuing issuing;
  private final Optional<SamlLogins> saml;
  private final Optional<Logouts> logouts;
  private final InstantSource clock;

  /**
   * What stands behind it; all of it is somebody else's to close.
   *
   * @param refresh who asks the provider again, if anybody does
   */
  public record Parts(
      TokenCheck tokens,
      IssuedCredentials credentials,
      ControlStore store,
      Ledger ledger,
      Optional<Enrolment> refresh) {
    /** Where nobody asks the provider again. */
    public Parts(
        TokenCheck tokens, IssuedCredentials credentials, ControlStore store, Ledger ledger) {
      this(tokens, credentials, store, ledger, Optional.empty());
    }
  }

  public Counter(DeskConfig config, Limits limits, Parts parts, InstantSource clock) {
    this.config = config;
    this.parts = parts;
    this.clock = clock;
    this.logouts =
        config
            .logout()
            .map(
                heard ->
                    new Logouts(
                        new LogoutRules(config.provider().orElseThrow().issuer(), heard.clients()),
                        parts,
                        clock));
    this.withdrawn = new Withdrawn(parts.store(), clock);
    this.issuing = new Issuing(parts, withdrawn, limits.of(Limit.DESK_CREDENTIALS), clock);
    this.saml = config.saml().map(one -> new SamlLogins(one, clock));
  }

  /** Whether people log in by SAML here. */
  boolean saml() {
    return saml.isPresent();
  }

  /** Whose credentials are whose: by subject, by who vouched for it, and by who acts for it. */
  private record Owner(String subject, String issuer, Optional<String> actor) {
    static Owner of(TokenIdentity token) {
      return new Owner(token.subject(), token.issuer(), token.actors().stream().findFirst());
    }

    static Owner of(Holder holder) {
      return new Owner(holder.subject(), holder.issuer(), holder.actor());
    }

    boolean has(IssuedCredential credential) {
      return equals(of(credential.holder()));
    }
  }

  /** Never fails: what does is answered as unavailable. */
  CompletionStage<DeskAnswer> answer(Asked asked) {
    CompletionStage<DeskAnswer> answer;
    try {
      answer = route(asked);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedStage(e);
    }
    return answer.exceptionally(problem -> failed(asked, problem));
  }

  private DeskAnswer failed(Asked asked, Throwable problem) {
    LOG.atError()
        .addKeyValue("source", asked.source())
        .addKeyValue("reason", StoreException.from(problem).getMessage())
        .log("the desk could not serve");
    return DeskAnswer.unavailable("this cannot be served now, and nothing was issued");
  }

  private CompletionStage<DeskAnswer> route(Asked asked) {
    if (asked.path().equals(DISCOVERY)) {
      return now(asked.method().equals("GET") ? discovery() : DeskAnswer.method("GET"));
    }
    if (saml.isPresent() && asked.path().startsWith(SamlLogins.PREFIX)) {
      return saml.get().answer(asked);
    }
    if (asked.path().equals(CREDENTIALS)) {
      return switch (asked.method()) {
        case "POST" -> issue(asked);
        case "GET" -> owned(asked, this::list);
        default -> now(DeskAnswer.method("GET, POST"));
      };
    }
    if (asked.path().equals(Logouts.PATH) && logouts.isPresent()) {
      return asked.method().equals("POST")
          ? logouts.get().hear(asked)
          : now(DeskAnswer.method("POST"));
    }
    if (asked.path().startsWith(CREDENTIALS + "/")) {
      String name = asked.path().substring(CREDENTIALS.length() + 1);
      return asked.method().equals("DELETE")
          ? owned(asked, owner -> revoke(name, owner, asked.source()))
          : now(DeskAnswer.method("DELETE"));
    }
    return now(DeskAnswer.unknown());
  }

  private static CompletionStage<DeskAnswer> now(DeskAnswer answer) {
    return CompletableFuture.completedStage(answer);
  }

  private DeskAnswer discovery() {
    Map<String, Object> document = new LinkedHashMap<>();
    config.provider().ifPresent(provider -> document.put("provider", provider(provider)));
    if (config.refresh().isPresent()) {
      document.put("refresh", true);
    }
    if (saml()) {
      document.put("saml", Map.of("login", SamlLogins.LOGIN_PATH));
    }
    document.put("offers", config.offers().stream().map(Counter::offer).toList());
    return DeskAnswer.json(DeskAnswer.OK, document);
  }

  private static Map<String, Object> provider(DeskConfig.Provider provider) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("issuer", provider.issuer());
    members.put("client_id", provider.clientId());
    members.put("scopes", provider.scopes());
    return members;
  }

  private static Map<String, Object> offer(DeskConfig.Offer offer) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", offer.name());
    members.put("host", offer.host());
    members.put("port", offer.port());
    members.put("database", offer.database());
    return members;
  }

  /** Never by an issued credential, which would last as long as somebody renews it. */
  private CompletionStage<DeskAnswer> issue(Asked asked) {
    if (asked.presented().isEmpty() && saml.isPresent()) {
      return redeem(asked, saml.get());
    }
    if (!(asked.presented().orElse(null) instanceof Presented.Token(String text))) {
      return now(DeskAnswer.unauthorized(asked.presented().isPresent()));
    }
    Optional<Wish> wish = Wish.read(asked.body(), config);
    if (wish.isEmpty()) {
      return now(Wish.refused(config));
    }
    return parts
        .tokens()
        .check(text)
        .thenCompose(
            answer ->
                switch (answer) {
                  case TokenAnswer.Accepted(TokenIdentity token) ->
                      issuing.issue(Issuing.Order.of(token, wish.get(), asked.source()));
                  case TokenAnswer.Refused refused -> now(refused(asked, refused));
                });
  }

  /** By the code that the browser brought back, in place of a token. */
  private CompletionStage<DeskAnswer> redeem(Asked asked, SamlLogins logins) {
    Optional<Redemption> redemption = Redemption.read(asked.body(), config.lifetime());
    if (redemption.isEmpty()) {
      return now(DeskAnswer.unauthorized(false));
    }
    if (redemption.get().lifetime().isEmpty()) {
      return now(Lifetime.refused(config.lifetime()));
    }
    Duration wanted = redemption.get().lifetime().get();
    Optional<Issuing.Order> order =
        logins
            .redeem(redemption.get())
            .flatMap(who -> Issuing.Order.of(who, wanted, clock.instant(), asked.source()));
    if (order.isEmpty()) {
      LOG.atInfo().addKeyValue("source", asked.source()).log("saml code refused");
      return now(DeskAnswer.unauthorized(true));
    }
    return issuing.issue(order.get());
  }

  private static DeskAnswer refused(Asked asked, TokenAnswer.Refused refused) {
    LOG.atInfo()
        .addKeyValue("source", asked.source())
        .addKeyValue("reason", refused.reason().code())
        .log("token refused");
    return DeskAnswer.unauthorized(true);
  }

  /** For whoever proves to be somebody. */
  private CompletionStage<DeskAnswer> owned(
      Asked asked, Function<Owner, CompletionStage<DeskAnswer>> service) {
    CompletionStage<Optional<Owner>> owner =
        asked
            .presented()
            .map(presented -> owner(asked, presented))
            .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    return owner.thenCompose(
        found ->
            found
                .map(service)
                .orElseGet(() -> now(DeskAnswer.unauthorized(asked.presented().isPresent()))));
  }

  private CompletionStage<Optional<Owner>> owner(Asked asked, Presented presented) {
    return switch (presented) {
      case Presented.Issued(String text) -> {
        try (Secret bearer = Secret.of(text.getBytes(StandardCharsets.US_ASCII))) {
          yield parts
              .credentials()
              .bearer(bearer)
              .thenApply(found -> found.map(credential -> Owner.of(credential.holder())));
        }
      }
      case Presented.Token(String text) ->
          parts
              .tokens()
              .check(text)
              .thenCompose(
                  answer ->
                      switch (answer) {
                        case TokenAnswer.Accepted(TokenIdentity token) -> standing(token);
                        case TokenAnswer.Refused refused -> {
                          refused(asked, refused);
                          yield CompletableFuture.completedStage(Optional.empty());
                        }
                      });
    };
  }

  private CompletionStage<Optional<Owner>> standing(TokenIdentity token) {
    return withdrawn
        .withdrawn(token)
        .thenApply(ended -> ended ? Optional.empty() : Optional.of(Owner.of(token)));
  }

  private CompletionStage<DeskAnswer> list(Owner owner) {
    Instant now = clock.instant();
    return parts
        .store()
        .list(Listing.of(owner.subject()))
        .thenApply(
            all ->
                DeskAnswer.json(
                    DeskAnswer.OK,
                    Map.of(
                        "credentials",
                        all.stream()
                            .filter(owner::has)
                            .map(credential -> shown(credential, now))
                            .toList())));
  }

  private static Map<String, Object> shown(IssuedCredential credential, Instant now) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("user", credential.name());
    members.put("issued", credential.issuedAt());
    members.put("expires", credential.expiresAt());
    members.put("state", state(credential, now));
    return members;
  }

  private static String state(IssuedCredential credential, Instant now) {
    if (Issuing.good(credential, now)) {
      return "good";
    }
    return credential.revokedAt().isPresent() ? "revoked" : "expired";
  }

  /** Somebody else's is as unknown as one that is not there. */
  private CompletionStage<DeskAnswer> revoke(String name, Owner owner, String source) {
    if (!IssuedName.hasForm(name)) {
      return now(DeskAnswer.unknown());
    }
    return parts
        .store()
        .show(name)
        .thenCompose(
            found ->
                found.filter(owner::has).isPresent()
                    ? parts
                        .credentials()
                        .revoke(name)
                        .thenCompose(
                            _ ->
                                parts
                                    .ledger()
                                    .keep(
                                        new CredentialRecord.Revoked(
                                            name, owner.subject(), source)))
                        .thenApply(_ -> DeskAnswer.nothing())
                    : now(DeskAnswer.unknown()));
  }

  @Override
  public void close() {
    saml.ifPresent(SamlLogins::close);
  }
}

package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.identity.token.TokenAnswer.Accepted;
import io.gatehouse.appliance.identity.token.TokenAnswer.Refused;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who sends a token, if it is sound. Any thread asks and none is blocked, event loops neither: the
 * work is done on threads of its own, which end when it is closed.
 */
public final class TokenCheck implements AutoCloseable {
  /** Checks under way, those included that wait for keys. */
  static final int MAX_CHECKS = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);

  private final Map<String, Party> parties = new HashMap<>();
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(MAX_CHECKS);
  private final ExecutorService threads;
  private final ExecutorService fetching = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Duration, HttpClient> clients = new HashMap<>();

  /** An issuer with what its tokens are checked with, and nothing of another. */
  private record Party(TokenIssuer issuer, IssuerKeys keys, ClaimsCheck claims) {}

  /** A token of which only the issuer was looked at yet. */
  private record Question<T>(
      CompactToken token, TokenHeader header, Party party, Purpose<T> purpose) {}

  /** What a token is to prove. */
  private interface Purpose<T> {
    void requireHeader(TokenHeader header, TokenIssuer issuer) throws RefusedTokenException;

    /** Of claims whose signature is sound. */
    T outcome(Party party, Json.Members claims, Instant now) throws RefusedTokenException;

    T refused(TokenRefusal reason, Optional<String> issuer);
  }

  /** Who sends it. */
  private static final class Access implements Purpose<TokenAnswer> {
    @Override
    public void requireHeader(TokenHeader header, TokenIssuer issuer) throws RefusedTokenException {
      header.requireAllowed(issuer);
    }

    @Override
    public TokenAnswer outcome(Party party, Json.Members claims, Instant now)
        throws RefusedTokenException {
      return new Accepted(party.claims().identity(claims, now));
    }

    @Override
    public TokenAnswer refused(TokenRefusal reason, Optional<String> issuer) {
      return new Refused(reason, issuer);
    }
  }

  /** That somebody was logged out. */
  private record Logout(LogoutRules rules) implements Purpose<LogoutAnswer> {
    @Override
    public void requireHeader(TokenHeader header, TokenIssuer issuer) throws RefusedTokenException {
      rules.requireHeader(header, issuer);
    }

    @Override
    public LogoutAnswer outcome(Party party, Json.Members claims, Instant now)
        throws RefusedTokenException {
      return rules.read(claims, party.issuer().times(), now);
    }

    @Override
    public LogoutAnswer refused(TokenRefusal reason, Optional<String> issuer) {
      return new LogoutAnswer.Refused(reason);
    }
  }

  /**
   * Nothing is fetched before the first token comes.
   *
   * @param trust which certificates of issuers are trusted
   */
  public TokenCheck(TokenIssuers issuers, InstantSource clock, SSLContext trust) {
    this.clock = clock;
    int processors = Runtime.getRuntime().availableProcessors();
    this.threads =
        new ThreadPoolExecutor(
            processors,
            processors,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_CHECKS),
            Thread.ofPlatform().name("tokens-", 0).daemon().factory());
    for (TokenIssuer issuer : issuers.all()) {
      KeySource source =
          new KeySource(
              issuer,
              new Documents(client(issuer.keys().connect(), trust), issuer.keys().answer()));
      IssuerKeys keys =
          new IssuerKeys(issuer.keys(), clock, source::fetch, fetching, new KeyEvents(issuer));
      parties.put(
          issuer.issuer(), new Party(issuer, keys, new ClaimsCheck(issuer, issuers.names(issuer))));
    }
  }

  private HttpClient client(Duration connect, SSLContext trust) {
    return clients.computeIfAbsent(
        connect,
        limit ->
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .sslContext(trust)
                .executor(fetching)
                .build());
  }

  /**
   * Completes on one of its own threads, or at once when there is no place; never exceptionally.
   */
  public CompletionStage<TokenAnswer> check(String token) {
    return check(token, new Access());
  }

  /** The same of a logout token, which proves nothing of who sends it. */
  public CompletionStage<LogoutAnswer> checkLogout(String token, LogoutRules rules) {
    return check(token, new Logout(rules));
  }

  private <T> CompletionStage<T> check(String token, Purpose<T> purpose) {
    if (token.length() > CompactToken.MAX_LENGTH) {
      return refused(purpose, TokenRefusal.TOO_LONG);
    }
    if (!places.tryAcquire()) {
      return refused(purpose, TokenRefusal.BUSY);
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> begin(token, purpose, answer));
    } catch (RejectedExecutionException e) {
      end(answer, purpose.refused(TokenRefusal.BUSY, Optional.empty()));
    }
    return answer;
  }

  private static <T> CompletionStage<T> refused(Purpose<T> purpose, TokenRefusal reason) {
    return CompletableFuture.completedFuture(purpose.refused(reason, Optional.empty()));
  }

  private <T> void end(CompletableFuture<T> answer, T outcome) {
    places.release();
    answer.complete(outcome);
  }

  private <T> void begin(String token, Purpose<T> purpose, CompletableFuture<T> answer) {
    Optional<String> named = Optional.empty();
    try {
      CompactToken parts = CompactToken.parse(token);
      TokenHeader header = TokenHeader.read(parts.header());
      Question<T> question = new Question<>(parts, header, party(parts.claims()), purpose);
      named = Optional.of(question.party().issuer().issuer());
      purpose.requireHeader(header, question.party().issuer());
      CompletableFuture<PublishedKey> key = question.party().keys().find(header.keyId());
      if (key.isDone()) {
        finish(question, key, answer);
      } else {
        key.whenComplete(
            (found, failure) -> later(() -> finish(question, key, answer), purpose, answer));
      }
    } catch (RefusedTokenException e) {
      end(answer, purpose.refused(e.reason(), named));
    } catch (RuntimeException e) {
      end(answer, purpose.refused(unexpected(e), named));
    }
  }

  /** Keys come on the thread of a fetch, which has nothing to do with checking. */
  private <T> void later(Runnable step, Purpose<T> purpose, CompletableFuture<T> answer) {
    try {
      threads.execute(step);
    } catch (RejectedExecutionException e) {
      end(answer, purpose.refused(TokenRefusal.BUSY, Optional.empty()));
    }
  }

  private Party party(Json.Members claims) throws RefusedTokenException {
    if (!(claims.find("iss").orElse(null) instanceof Json.Text(String name))) {
      throw new RefusedTokenException(TokenRefusal.ISSUER_MISSING);
    }
    @Nullable Party party = parties.get(name);
    if (party == null) {
      throw new RefusedTokenException(TokenRefusal.ISSUER_UNKNOWN);
    }
    return party;
  }

  private <T> void finish(
      Question<T> question, CompletableFuture<PublishedKey> key, CompletableFuture<T> answer) {
    Optional<String> issuer = Optional.of(question.party().issuer().issuer());
    T outcome;
    try {
      outcome = outcome(question, key);
    } catch (RefusedTokenException e) {
      outcome = question.purpose().refused(e.reason(), issuer);
    } catch (RuntimeException e) {
      outcome = question.purpose().refused(unexpected(e), issuer);
    }
    end(answer, outcome);
  }

  private <T> T outcome(Question<T> question, CompletableFuture<PublishedKey> key)
      throws RefusedTokenException {
    if (key.isCompletedExceptionally()) {
      if (key.exceptionNow() instanceof RefusedTokenException refused) {
        throw refused;
      }
      throw new RefusedTokenException(TokenRefusal.FAILED);
    }
    CompactToken token = question.token();
    SignatureCheck.require(token, question.header().algorithm(), key.resultNow());
    return question.purpose().outcome(question.party(), token.claims(), clock.instant());
  }

  /** Without its message and its causes', which may quote the token. */
  private static TokenRefusal unexpected(RuntimeException e) {
    LOG.atError()
        .addKeyValue("exception", e.getClass().getName())
        .addKeyValue("at", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0])
        .log("the check of a token failed unexpectedly");
    return TokenRefusal.FAILED;
  }

  /** Tokens that come later are refused; checks under way end, without new keys. */
  @Override
  public void close() {
    threads.shutdown();
    fetching.shutdownNow();
    clients.values().forEach(HttpClient::shutdownNow);
  }
}

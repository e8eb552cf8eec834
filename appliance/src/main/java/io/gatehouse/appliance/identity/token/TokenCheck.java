package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.identity.token.TokenAnswer.Accepted;
import io.gatehouse.appliance.identity.token.TokenAnswer.Refused;
import java.net.http.HttpClient;
import java.time.Duration;
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
  private record Question(CompactToken token, TokenHeader header, Party party) {}

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
    if (token.length() > CompactToken.MAX_LENGTH) {
      return refused(TokenRefusal.TOO_LONG);
    }
    if (!places.tryAcquire()) {
      return refused(TokenRefusal.BUSY);
    }
    CompletableFuture<TokenAnswer> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> begin(token, answer));
    } catch (RejectedExecutionException e) {
      end(answer, new Refused(TokenRefusal.BUSY, Optional.empty()));
    }
    return answer;
  }

  private static CompletionStage<TokenAnswer> refused(TokenRefusal reason) {
    return CompletableFuture.completedFuture(new Refused(reason, Optional.empty()));
  }

  private void end(CompletableFuture<TokenAnswer> answer, TokenAnswer outcome) {
    places.release();
    answer.complete(outcome);
  }

  private void begin(String token, CompletableFuture<TokenAnswer> answer) {
    Optional<String> named = Optional.empty();
    try {
      CompactToken parts = CompactToken.parse(token);
      TokenHeader header = TokenHeader.read(parts.header());
      Question question = new Question(parts, header, party(parts.claims()));
      named = Optional.of(question.party().issuer().issuer());
      header.requireAllowed(question.party().issuer());
      CompletableFuture<PublishedKey> key = question.party().keys().find(header.keyId());
      if (key.isDone()) {
        finish(question, key, answer);
      } else {
        key.whenComplete((found, failure) -> later(() -> finish(question, key, answer), answer));
      }
    } catch (RefusedTokenException e) {
      end(answer, new Refused(e.reason(), named));
    } catch (RuntimeException e) {
      end(answer, unexpected(e, named));
    }
  }

  /** Keys come on the thread of a fetch, which has nothing to do with checking. */
  private void later(Runnable step, CompletableFuture<TokenAnswer> answer) {
    try {
      threads.execute(step);
    } catch (RejectedExecutionException e) {
      end(answer, new Refused(TokenRefusal.BUSY, Optional.empty()));
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

  private void finish(
      Question question,
      CompletableFuture<PublishedKey> key,
      CompletableFuture<TokenAnswer> answer) {
    Optional<String> issuer = Optional.of(question.party().issuer().issuer());
    TokenAnswer outcome;
    try {
      outcome = new Accepted(identity(question, key));
    } catch (RefusedTokenException e) {
      outcome = new Refused(e.reason(), issuer);
    } catch (RuntimeException e) {
      outcome = unexpected(e, issuer);
    }
    end(answer, outcome);
  }

  private TokenIdentity identity(Question question, CompletableFuture<PublishedKey> key)
      throws RefusedTokenException {
    if (key.isCompletedExceptionally()) {
      if (key.exceptionNow() instanceof RefusedTokenException refused) {
        throw refused;
      }
      throw new RefusedTokenException(TokenRefusal.FAILED);
    }
    CompactToken token = question.token();
    SignatureCheck.require(token, question.header().algorithm(), key.resultNow());
    return question.party().claims().identity(token.claims(), clock.instant());
  }

  /** Without its message and its causes', which may quote the token. */
  private static TokenAnswer unexpected(RuntimeException e, Optional<String> issuer) {
    LOG.atError()
        .addKeyValue("exception", e.getClass().getName())
        .addKeyValue("at", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0])
        .log("the check of a token failed unexpectedly");
    return new Refused(TokenRefusal.FAILED, issuer);
  }

  /** Tokens that come later are refused; checks under way end, without new keys. */
  @Override
  public void close() {
    threads.shutdown();
    fetching.shutdownNow();
    clients.values().forEach(HttpClient::shutdownNow);
  }
}

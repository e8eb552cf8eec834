package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.config.SamlConfig;
import io.gatehouse.appliance.identity.saml.OpenRequests;
import io.gatehouse.appliance.identity.saml.RequestUrl;
import io.gatehouse.appliance.identity.saml.ResponseCheck;
import io.gatehouse.appliance.identity.saml.SamlAnswer;
import io.gatehouse.appliance.identity.saml.SamlMetadata;
import io.gatehouse.appliance.identity.saml.SamlRefusal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What browsers ask for that log in by SAML. Any thread asks and none is held: responses are
 * checked on threads of its own, which end when it is closed.
 */
final class SamlLogins implements AutoCloseable {
  /** One form only, so that nobody has to choose between two readings of a query. */
  static final Pattern LOGIN =
      Pattern.compile(
          "/saml/login\\?challenge=([A-Za-z0-9_-]{43})"
              + "&port=(102[4-9]|10[3-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-5][0-9]{4}"
              + "|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
              + "&state=([A-Za-z0-9_-]{22,128})");

  static final String LOGIN_PATH = "/saml/login";
  static final String PREFIX = "/saml/";

  private static final Logger LOG = LoggerFactory.getLogger("desk");
  private static final int MOST_WAITING = 64;
  private static final int MOST_THREADS = 2;
  private static final String TEXT = "text/plain; charset=us-ascii";

  private final SamlConfig config;
  private final OpenRequests requests;
  private final RequestUrl url;
  private final ResponseCheck responses;
  private final Codes codes;
  private final InstantSource clock;
  private final ExecutorService threads;

  SamlLogins(SamlConfig config, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    this.config = config;
    this.clock = clock;
    this.requests = new OpenRequests(clock, random);
    this.url = new RequestUrl(config.signOn(), config.rules().own(), config.rules().consumer());
    this.responses = new ResponseCheck(config.rules(), requests, clock);
    this.codes = new Codes(clock, random);
    int most = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    this.threads =
        new ThreadPoolExecutor(
            most,
            most,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("saml-", 0).daemon().factory());
  }

  CompletionStage<DeskAnswer> answer(Asked asked) {
    if (asked.path().equals(SamlConfig.CONSUMER)) {
      return asked.method().equals("POST") ? consume(asked) : now(DeskAnswer.method("POST"));
    }
    if (!asked.method().equals("GET")) {
      return now(DeskAnswer.method("GET"));
    }
    if (asked.path().equals(SamlConfig.METADATA)) {
      String metadata = SamlMetadata.of(config.rules().own(), config.rules().consumer());
      return now(DeskAnswer.page(DeskAnswer.OK, "application/samlmetadata+xml", metadata));
    }
    Matcher login = LOGIN.matcher(asked.path());
    return now(login.matches() ? begin(login, asked.source()) : misread(asked.path()));
  }

  private static CompletionStage<DeskAnswer> now(DeskAnswer answer) {
    return CompletableFuture.completedStage(answer);
  }

  private static DeskAnswer misread(String path) {
    return path.equals(LOGIN_PATH)
        ? DeskAnswer.malformed("the query is not challenge, port and state")
        : DeskAnswer.unknown();
  }

  private DeskAnswer begin(Matcher login, String source) {
    OpenRequests.Waiting waiting =
        new OpenRequests.Waiting(login.group(1), Integer.parseInt(login.group(2)), login.group(3));
    return requests
        .add(waiting, source)
        .map(id -> DeskAnswer.redirect(DeskAnswer.FOUND, url.of(id, clock.instant())))
        .orElseGet(() -> busy(source, "too many requests are open"));
  }

  private static DeskAnswer busy(String source, String why) {
    LOG.atWarn().addKeyValue("source", source).addKeyValue("reason", why).log("saml is busy");
    return DeskAnswer.page(
        DeskAnswer.UNAVAILABLE, TEXT, "Too many people are logging in. Try again in a minute.\n");
  }

  private CompletionStage<DeskAnswer> consume(Asked asked) {
    try {
      return CompletableFuture.supplyAsync(() -> consumed(asked), threads);
    } catch (RejectedExecutionException e) {
      return now(busy(asked.source(), SamlRefusal.BUSY.code()));
    }
  }

  private DeskAnswer consumed(Asked asked) {
    return switch (responses.check(asked.body())) {
      case SamlAnswer.Accepted accepted ->
          codes
              .add(accepted)
              .map(code -> back(accepted.waiting(), code))
              .orElseGet(() -> busy(asked.source(), "too many codes are open"));
      case SamlAnswer.Refused(SamlRefusal reason) -> {
        LOG.atInfo()
            .addKeyValue("source", asked.source())
            .addKeyValue("reason", reason.code())
            .log("saml response refused");
        yield DeskAnswer.page(
            DeskAnswer.FORBIDDEN,
            TEXT,
            "The gate does not accept this login. Its log says why. You may close this page and"
                + " run gatehouse login again.\n");
      }
    };
  }

  /** To this machine's loopback address and nowhere else. */
  private static DeskAnswer back(OpenRequests.Waiting waiting, String code) {
    return DeskAnswer.redirect(
        DeskAnswer.SEE_OTHER,
        "http://127.0.0.1:"
            + waiting.port()
            + "/callback?code="
            + code
            + "&state="
            + waiting.state());
  }

  /** Who it was, for whoever has the verifier; once. */
  Optional<SamlAnswer.Accepted> redeem(Redemption redemption) {
    return codes.take(redemption.code(), redemption.verifier());
  }

  /** Responses that come later are refused. */
  @Override
  public void close() {
    threads.shutdown();
  }
}

package io.gatehouse.mcp.login;

import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Secret;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One login by a token. On its session's event loop; its verdict comes there, once. */
public final class TokenLogin {

  /** What came of it. */
  public sealed interface Verdict {
    record In(Upstream upstream) implements Verdict {}

    /** The token is not good. The same for every reason, so that nothing can be told from it. */
    record Denied() implements Verdict {}

    record Refused(Refusal refusal, CloseReason reason) implements Verdict {}
  }

  private static final System.Logger LOG = System.getLogger(TokenLogin.class.getName());

  private final EventLoop loop;
  private final GateSession gate;
  private final Secret token;
  private final Consumer<Verdict> verdict;
  private @Nullable Future<?> deadline;
  private boolean over;

  private TokenLogin(EventLoop loop, GateSession gate, Secret token, Consumer<Verdict> verdict) {
    this.loop = loop;
    this.gate = gate;
    this.token = token;
    this.verdict = verdict;
  }

  /**
   * @param token taken over
   * @param seconds after which it has failed
   */
  public static TokenLogin begin(
      EventLoop loop,
      GateSession gate,
      LoginRequest request,
      Secret token,
      long seconds,
      Consumer<Verdict> verdict) {
    TokenLogin login = new TokenLogin(loop, gate, token, verdict);
    login.deadline = loop.schedule(login::timedOut, seconds, TimeUnit.SECONDS);
    login.await(() -> gate.greet(request), login::offered);
    return login;
  }

  /** Nobody waits for its verdict any more, and none comes. */
  public void withdraw() {
    over = true;
    token.close();
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void offered(Offer offer) {
    switch (offer) {
      case Offer.OAuthBearer _ ->
          await(() -> gate.identify(new Proof.BearerToken(token)), this::identified);
      case Offer.Refused(Refusal refusal) -> refuse(refusal);
      case Offer.Scram _, Offer.ClearPassword _, Offer.Certificate _ ->
          refuse(Refusal.of(Refusal.Kind.UNSUPPORTED, "tokens are not taken on this listener"));
    }
  }

  private void identified(Identification identification) {
    switch (identification) {
      case Identification.Identified _ -> await(gate::route, this::routed);
      case Identification.Refused _ -> over(new Verdict.Denied());
    }
  }

  private void routed(Route route) {
    switch (route) {
      case Route.To(Upstream upstream) -> over(new Verdict.In(upstream));
      case Route.Refused(Refusal refusal) -> refuse(refusal);
    }
  }

  private void refuse(Refusal refusal) {
    over(new Verdict.Refused(refusal, CloseReason.LOGIN_REFUSED));
  }

  private void timedOut() {
    over(
        new Verdict.Refused(
            Refusal.of(Refusal.Kind.UNAVAILABLE, "the login took too long")
                .withDetail("Limit: login-seconds."),
            CloseReason.LOGIN_TIMED_OUT));
  }

  private interface Question<T> {
    CompletionStage<T> ask();
  }

  private <T> void await(Question<T> question, Consumer<T> next) {
    try {
      question
          .ask()
          .whenComplete((answer, failure) -> onLoop(() -> answered(answer, failure, next)));
    } catch (RuntimeException failure) {
      failed(failure);
    }
  }

  private void onLoop(Runnable action) {
    if (loop.inEventLoop()) {
      action.run();
    } else {
      loop.execute(action);
    }
  }

  private <T> void answered(T answer, @Nullable Throwable failure, Consumer<T> next) {
    if (failure != null) {
      failed(failure);
    } else if (!over) {
      next.accept(answer);
    }
  }

  private void failed(Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "a fault while logging in", failure);
    over(
        new Verdict.Refused(
            Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed"), CloseReason.INTERNAL_FAULT));
  }

  private void over(Verdict found) {
    if (over) {
      return;
    }
    withdraw();
    verdict.accept(found);
  }
}

package io.gatehouse.postgres.hostile;

import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.Gate;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets in everybody who knows {@link #PASSWORD} and runs everything. Thread-safe. */
final class OpenGate implements Gate {
  static final String PASSWORD = "open sesame";

  private static final Offer OFFER =
      new Offer.Scram(
          ScramVerifier.derive(
              Secret.of(PASSWORD.toCharArray()),
              ScramVerifier.LEAST_ITERATIONS,
              new SecureRandom()));

  private final Upstream upstream;

  final BlockingQueue<LoginRequest> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<OutcomeKind> outcomes = new LinkedBlockingQueue<>();
  final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

  /** What is open and not closed. */
  final AtomicInteger open = new AtomicInteger();

  /** The last session's. */
  volatile @Nullable SessionControl control;

  OpenGate(Upstream upstream) {
    this.upstream = upstream;
  }

  @Override
  public GateSession open(Arrival arrival, SessionControl newControl) {
    control = newControl;
    open.incrementAndGet();
    return new Passing();
  }

  private final class Passing implements GateSession {
    @Override
    public CompletionStage<Offer> greet(LoginRequest request) {
      requests.add(request);
      return CompletableFuture.completedFuture(OFFER);
    }

    @Override
    public CompletionStage<Identification> identify(Proof proof) {
      return CompletableFuture.completedFuture(
          proof instanceof Proof.Scram(boolean proved) && proved
              ? Identification.IDENTIFIED
              : new Identification.Refused(Refusal.of(Refusal.Kind.IDENTITY, "no")));
    }

    @Override
    public CompletionStage<Route> route() {
      return CompletableFuture.completedFuture(new Route.To(upstream));
    }

    @Override
    public void connected(String account, String backend) {}

    @Override
    public Answer submit(Submission submission, Reply reply) {
      return Decision.RUN;
    }

    @Override
    public void withdrawn(long sequence) {}

    @Override
    public void outcome(
        long sequence,
        OutcomeKind kind,
        long rows,
        long bytes,
        long nanos,
        @Nullable String errorCode) {
      outcomes.add(kind);
    }

    @Override
    public void settled(SessionView session) {}

    @Override
    public void closed(CloseReason reason) {
      open.decrementAndGet();
      closed.add(reason);
    }
  }
}

package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.Users;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.Identification;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.Route;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.login.ScramVerifier;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One session as the engine sees it. Owned by the session's event loop. */
final class EngineSession implements GateSession {
  private final Supplier<Users> users;
  private final Supplier<Routes> routes;
  private final CommandLog log;
  private @Nullable LoginRequest request;
  private @Nullable ScramVerifier offered;
  private @Nullable Caller caller;

  EngineSession(Supplier<Users> users, Supplier<Routes> routes, CommandLog log) {
    this.users = users;
    this.routes = routes;
    this.log = log;
  }

  @Override
  public CompletionStage<Offer> greet(LoginRequest newRequest) {
    request = newRequest;
    offered = users.get().verifierFor(newRequest.user());
    return CompletableFuture.completedFuture(new Offer.Scram(offered));
  }

  @Override
  public CompletionStage<Identification> identify(Proof proof) {
    LoginRequest login = Optional.ofNullable(request).orElseThrow();
    Optional<User> user =
        switch (proof) {
          case Proof.Scram scram when scram.proved() && offered != null ->
              users.get().proved(login.user(), offered);
          case Proof.Scram _, Proof.Certificate _ -> Optional.empty();
          case Proof.ClearPassword clear -> {
            clear.password().close();
            yield Optional.empty();
          }
          case Proof.BearerToken bearer -> {
            bearer.token().close();
            yield Optional.empty();
          }
        };
    return CompletableFuture.completedFuture(
        user.map(this::accept).orElseGet(() -> refuse(login.user())));
  }

  private Identification accept(User user) {
    caller = Caller.of(user.name(), user.groups(), ProofMethod.LOCAL_PASSWORD);
    return Identification.IDENTIFIED;
  }

  /** The same words for an unknown name and a wrong password. */
  private Identification refuse(String user) {
    log.refusedLogin(user);
    return new Identification.Refused(
        Refusal.of(
            Refusal.Kind.IDENTITY, "password authentication failed for user \"" + user + "\""));
  }

  @Override
  public CompletionStage<Route> route() {
    LoginRequest login = Optional.ofNullable(request).orElseThrow();
    Route route =
        caller == null
            ? new Route.Refused(
                Refusal.of(Refusal.Kind.INTERNAL, "a session without a caller goes nowhere"))
            : routes.get().route(log.listener(), login.database());
    log.routed(login, route);
    return CompletableFuture.completedFuture(route);
  }

  @Override
  public void connected(String backend) {
    log.connected(backend);
  }

  @Override
  public Answer submit(Submission submission, Reply reply) {
    if (caller == null) {
      return new Decision.Refuse(
          Refusal.of(Refusal.Kind.IDENTITY, "no command runs before the login is over"));
    }
    log.submitted(submission);
    return Decision.RUN;
  }

  @Override
  public void withdrawn(long sequence) {
    log.withdrawn(sequence);
  }

  @Override
  public void outcome(
      long sequence,
      OutcomeKind kind,
      long rows,
      long bytes,
      long nanos,
      @Nullable String errorCode) {
    log.outcome(sequence, kind, rows, bytes, nanos, errorCode);
  }

  @Override
  public void closed(CloseReason reason) {
    log.closed(reason);
  }
}

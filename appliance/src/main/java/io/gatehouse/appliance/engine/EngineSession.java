package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.identity.User;
import io.gatehouse.plugin.Caller;
import io.gatehouse.plugin.ProofMethod;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Arrival;
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
import io.gatehouse.spi.SessionControl;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.ScramVerifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One session as the engine sees it. Owned by the session's event loop. */
final class EngineSession implements GateSession {
  private final Engine.Login materials;
  private final Arrival arrival;
  private final SessionControl control;
  private final CommandLog log;
  private @Nullable LoginRequest request;
  private @Nullable ScramVerifier offered;
  private @Nullable Caller caller;
  private @Nullable Deciding deciding;

  EngineSession(Engine.Login materials, Arrival arrival, SessionControl control, CommandLog log) {
    this.materials = materials;
    this.arrival = arrival;
    this.control = control;
    this.log = log;
  }

  @Override
  public CompletionStage<Offer> greet(LoginRequest newRequest) {
    request = newRequest;
    offered = materials.users().get().verifierFor(newRequest.user());
    return CompletableFuture.completedFuture(new Offer.Scram(offered));
  }

  @Override
  public CompletionStage<Identification> identify(Proof proof) {
    LoginRequest login = Optional.ofNullable(request).orElseThrow();
    Optional<User> user =
        switch (proof) {
          case Proof.Scram scram when scram.proved() && offered != null ->
              materials.users().get().proved(login.user(), offered);
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
            : materials.routes().get().route(log.listener(), login.database());
    log.routed(login, route);
    if (route instanceof Route.To(Upstream upstream) && caller != null) {
      begin(caller, upstream);
    }
    return CompletableFuture.completedFuture(route);
  }

  private void begin(Caller known, Upstream upstream) {
    materials
        .court()
        .ifPresent(
            court ->
                deciding =
                    new Deciding(
                        court,
                        known,
                        upstream,
                        new Deciding.Origin(
                            arrival.sessionId(), sourceAddress(), ownIdentity(upstream)),
                        control));
  }

  /** Parameters that can set a role, or anything. */
  private boolean ownIdentity(Upstream upstream) {
    Set<String> chosen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    chosen.addAll(Optional.ofNullable(request).orElseThrow().parameters().keySet());
    chosen.addAll(upstream.parameters().keySet());
    return chosen.contains("role")
        || chosen.contains("session_authorization")
        || chosen.contains("options");
  }

  /** Unix sockets have none; rules about networks see the loopback address then. */
  private InetAddress sourceAddress() {
    return arrival.source() instanceof InetSocketAddress address
        ? address.getAddress()
        : InetAddress.getLoopbackAddress();
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
    Answer answer = answer(submission, reply);
    switch (answer) {
      case Decision.Run _ -> log.submitted(submission);
      case Decision.Refuse(Refusal refusal) -> log.refused(submission, refusal);
      case Answer.Later _ -> {}
    }
    return answer;
  }

  private Answer answer(Submission submission, Reply reply) {
    if (materials.court().isEmpty()) {
      return Decision.RUN;
    }
    if (deciding == null) {
      return new Decision.Refuse(
          Refusal.of(Refusal.Kind.INTERNAL, "no command runs before the session has a target"));
    }
    return deciding.submit(submission, reply);
  }

  @Override
  public void withdrawn(long sequence) {
    if (deciding != null) {
      deciding.withdrawn();
    }
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
    if (deciding != null) {
      deciding.outcome(sequence, kind, rows, bytes);
    }
    log.outcome(sequence, kind, rows, bytes, nanos, errorCode);
  }

  @Override
  public void settled(SessionView session) {
    if (deciding != null) {
      deciding.settled(session);
    }
  }

  @Override
  public void closed(CloseReason reason) {
    if (deciding != null) {
      deciding.closed();
    }
    log.closed(reason);
  }
}

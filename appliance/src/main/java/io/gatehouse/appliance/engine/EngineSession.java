package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.identity.Attempt;
import io.gatehouse.appliance.identity.Evidence;
import io.gatehouse.appliance.journal.Journal;
import io.gatehouse.appliance.journal.SessionJournal;
import io.gatehouse.appliance.journal.record.SessionRecord;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.TailState;
import io.gatehouse.appliance.session.LiveSession;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
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
  private @Nullable Attempt attempt;
  private @Nullable CompletableFuture<Evidence> evidence;
  private Evidence.@Nullable Proven proven;
  private @Nullable LiveSession live;
  private Routes.@Nullable Passage destination;
  private @Nullable Decides deciding;
  private @Nullable CompletableFuture<SessionJournal> opening;
  private @Nullable Recording recording;

  EngineSession(Engine.Login materials, Arrival arrival, SessionControl control, CommandLog log) {
    this.materials = materials;
    this.arrival = arrival;
    this.control = control;
    this.log = log;
  }

  @Override
  public CompletionStage<Offer> greet(LoginRequest newRequest) {
    request = newRequest;
    Attempt begun =
        materials
            .watch()
            .guard()
            .watched(
                materials.entrance().attempt(arrival, newRequest),
                newRequest.user(),
                arrival.source());
    attempt = begun;
    return begun.offer();
  }

  @Override
  public CompletionStage<Identification> identify(Proof proof) {
    CompletableFuture<Evidence> found =
        Optional.ofNullable(attempt)
            .orElseThrow()
            .prove(proof)
            .thenApply(this::current)
            .toCompletableFuture();
    evidence = found;
    boolean byToken = proof instanceof Proof.BearerToken;
    return found.thenApply(evidence -> identification(evidence, byToken));
  }

  /** On any thread. What is over already is refused like what never was good. */
  private Evidence current(Evidence found) {
    return switch (found) {
      case Evidence.Proven who ->
          materials.watch().sessions().over(who).<Evidence>map(Evidence.Failed::new).orElse(who);
      case Evidence.Failed failed -> failed;
    };
  }

  /** On any thread. The same words for an unknown name, a wrong password and a bad token. */
  private Identification identification(Evidence found, boolean byToken) {
    String user = Optional.ofNullable(request).orElseThrow().user();
    return switch (found) {
      case Evidence.Proven _ -> Identification.IDENTIFIED;
      case Evidence.Failed _ ->
          new Identification.Refused(
              Refusal.of(
                  Refusal.Kind.IDENTITY,
                  byToken
                      ? "the token is not accepted"
                      : "password authentication failed for user \"" + user + "\""));
    };
  }

  /** What proved nothing is on record; on the loop, unlike {@link #identification}. */
  private void failedLogin(CloseReason closing) {
    failure(closing)
        .ifPresent(
            reason -> {
              log.refusedLogin(Optional.ofNullable(request).orElseThrow().user(), reason);
              refusedOnRecord(reason);
            });
  }

  /** Empty for logins that were given up, and for those that did not fail. */
  private Optional<String> failure(CloseReason closing) {
    if (evidence == null) {
      return unproved(closing);
    }
    return switch (evidence.state()) {
      case SUCCESS ->
          evidence.resultNow() instanceof Evidence.Failed(String reason)
              ? Optional.of(reason)
              : Optional.empty();
      case FAILED, CANCELLED -> Optional.of("fault");
      case RUNNING -> Optional.empty();
    };
  }

  /** The protocol refused what the client said, or what it did not say. */
  private Optional<String> unproved(CloseReason closing) {
    if (request == null) {
      return Optional.empty();
    }
    return closing == CloseReason.CLIENT_VIOLATED_PROTOCOL
        ? Optional.of("protocol")
        : Optional.of("no proof").filter(_ -> closing == CloseReason.LOGIN_REFUSED);
  }

  @Override
  public CompletionStage<Route> route() {
    Routes routes = materials.routes().get();
    LoginRequest asked = Optional.ofNullable(request).orElseThrow();
    LoginRequest login = asked.in(routes.meant(arrival.listener(), asked.database()));
    request = login;
    proven = evidence != null && evidence.join() instanceof Evidence.Proven one ? one : null;
    if (proven == null) {
      return nowhere(
          new Route.Refused(
              Refusal.of(Refusal.Kind.INTERNAL, "a session without a caller goes nowhere")));
    }
    Evidence.Proven who = proven;
    return routes
        .passage(log.listener(), login.database(), who.caller())
        .map(passage -> goes(who, passage))
        .orElseGet(() -> nowhere(Routes.unknown(login.database())));
  }

  private CompletionStage<Route> nowhere(Route route) {
    log.routed(
        Optional.ofNullable(request).orElseThrow(),
        Optional.ofNullable(proven).map(one -> one.caller().subject()),
        route);
    refusedOnRecord("route");
    return CompletableFuture.completedFuture(route);
  }

  /** From here on, what ends the proof ends the session. */
  private CompletionStage<Route> goes(Evidence.Proven who, Routes.Passage passage) {
    Route route = new Route.To(passage.upstream());
    log.routed(
        Optional.ofNullable(request).orElseThrow(), Optional.of(who.caller().subject()), route);
    LiveSession session = new LiveSession(UUID.randomUUID(), who, control);
    Optional<Refusal> refusal = materials.watch().sessions().enter(session);
    if (refusal.isPresent()) {
      String reason = refusal.get().kind() == Refusal.Kind.UNAVAILABLE ? "blind" : "revoked";
      log.refusedLogin(who.caller().subject(), reason);
      refusedOnRecord(reason);
      return CompletableFuture.completedFuture(new Route.Refused(refusal.get()));
    }
    live = session;
    if (brokeGlass(who)) {
      log.breakGlass(who.caller().subject());
      materials.watch().breakGlass().ifPresent(Runnable::run);
    }
    begin(who.caller(), passage);
    destination = passage;
    return materials
        .journal()
        .map(journal -> recorded(journal, session.id(), route))
        .orElseGet(() -> CompletableFuture.completedFuture(route));
  }

  private boolean brokeGlass(Evidence.Proven who) {
    return who.caller().method() == ProofMethod.LOCAL_PASSWORD
        && materials.watch().breakGlass().isPresent();
  }

  /** Goes there once the session's key is on the disk. */
  private CompletionStage<Route> recorded(Journal journal, UUID id, Route route) {
    if (!(journal.state() instanceof TailState.Running)) {
      return CompletableFuture.completedFuture(
          new Route.Refused(Refusals.unrecorded("It has stopped; the log says why")));
    }
    CompletableFuture<SessionJournal> made = journal.session(id);
    opening = made;
    return made.handle(
        (_, problem) ->
            problem == null
                ? route
                : new Route.Refused(Refusals.unrecorded("The session's key cannot be written")));
  }

  private void refusedOnRecord(String reason) {
    materials
        .journal()
        .ifPresent(
            journal -> {
              try {
                journal.append(new SessionRecord.LoginRefused(from(), reason));
              } catch (JournalStopped e) {
                log.unrecorded(String.valueOf(e.getMessage()));
              }
            });
  }

  private SessionRecord.From from() {
    return SessionRecords.from(arrival, Optional.ofNullable(request));
  }

  private void begin(Caller known, Routes.Passage passage) {
    materials.court().ifPresent(court -> deciding = decides(court, known, passage));
  }

  private Decides decides(Court court, Caller known, Routes.Passage passage) {
    Deciding.Origin from =
        new Deciding.Origin(arrival.sessionId(), sourceAddress(), ownIdentity(passage.upstream()));
    return switch (passage.protocol()) {
      case POSTGRESQL, MYSQL, MARIADB -> new Deciding(court, known, passage, from, control);
      case MCP, INFERENCE -> new CallDeciding(court, known, passage, from, control);
    };
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
  public boolean sameCaller(GateSession other) {
    return other instanceof EngineSession session
        && proven != null
        && session.proven != null
        && proven.sameCaller(session.proven);
  }

  @Override
  public void connected(String account, String backend) {
    log.connected(backend, Optional.ofNullable(live).orElseThrow().id());
    if (opening != null && proven != null && destination != null) {
      Recording begun = new Recording(opening.join(), this::dropped);
      recording = begun;
      try {
        begun.opened(
            SessionRecords.opened(
                arrival,
                Optional.ofNullable(request).orElseThrow(),
                proven,
                brokeGlass(proven),
                SessionRecords.where(destination, account, backend)));
      } catch (JournalStopped e) {
        control.kill(
            Refusals.unrecorded(String.valueOf(e.getMessage())), CloseReason.INTERNAL_FAULT);
      }
    }
  }

  /** A command that was to run does not, for want of its record. */
  private void dropped(long sequence) {
    if (deciding != null) {
      deciding.outcome(sequence, OutcomeKind.REFUSED, 0, 0);
    }
    log.withdrawn(sequence);
  }

  @Override
  public Answer submit(Submission submission, Reply reply) {
    if (evidence == null) {
      return new Decision.Refuse(
          Refusal.of(Refusal.Kind.IDENTITY, "no command runs before the login is over"));
    }
    Answer decided = answer(submission, reply);
    Answer answer = recorded(submission, decided, reply);
    if (answer instanceof Decision.Refuse(Refusal refusal)) {
      log.refused(submission, refusal);
    } else if (decided instanceof Decision.Run) {
      log.submitted(submission);
    }
    return answer;
  }

  private Answer recorded(Submission submission, Answer answer, Reply reply) {
    if (materials.journal().isEmpty() || !(answer instanceof Decision decision)) {
      return answer;
    }
    if (recording == null || deciding == null) {
      return new Decision.Refuse(Refusals.unrecorded("The session is not on record"));
    }
    return recording.decided(submission, deciding.grounds(), decision, reply);
  }

  private Answer answer(Submission submission, Reply reply) {
    if (proven != null && materials.court().isEmpty()) {
      return Decision.RUN;
    }
    if (proven == null || deciding == null) {
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
    if (recording != null) {
      recording.withdrawn(sequence);
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
    Noted noted = Noted.NOTHING;
    if (deciding != null) {
      noted = deciding.noted(sequence);
      deciding.outcome(sequence, kind, rows, bytes);
    }
    if (recording != null) {
      recording.outcome(sequence, kind, rows, bytes, nanos, errorCode, noted);
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
    failedLogin(reason);
    if (live != null) {
      materials.watch().sessions().leave(live);
    }
    if (deciding != null) {
      deciding.closed();
    }
    if (recording != null) {
      recording.closed(reason);
    } else if (opening != null) {
      opening.thenAccept(SessionJournal::close);
    }
    log.closed(reason);
  }
}

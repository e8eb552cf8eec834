package io.gatehouse.spi.testing;

import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.CommandForm;
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
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every user has the password {@link #PASSWORD}; what runs is for the script to say. */
public final class ScriptedGate implements Gate {
  public static final String PASSWORD = "correct horse";

  public static final ScramVerifier VERIFIER =
      ScramVerifier.derive(
          Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());

  public static final Decision REFUSED =
      new Decision.Refuse(
          Refusal.of(Refusal.Kind.POLICY, "refused by the script")
              .withDetail("Rule: test.")
              .withHint("Ask the test."));

  /** Decides; on the session's event loop. */
  public interface Script {
    Answer submit(Submission submission, Reply reply);
  }

  /** What came of a command. */
  public record Told(OutcomeKind kind, long rows, @Nullable String code) {}

  private volatile Function<LoginRequest, Upstream> routes;
  private volatile Function<LoginRequest, Offer> offers = _ -> new Offer.Scram(VERIFIER);
  private volatile Predicate<Proof> proofs =
      proof -> proof instanceof Proof.Scram(boolean proved) && proved;
  private volatile Script script = (_, _) -> Decision.RUN;
  private volatile @Nullable SessionControl control;
  private volatile @Nullable String watched;

  /** Whether it throws as soon as a session arrives. */
  public volatile boolean broken;

  /** Submitted texts in order, stage first. */
  public final List<String> submitted = new CopyOnWriteArrayList<>();

  /** What each client said before it proved anything. */
  public final List<LoginRequest> greeted = new CopyOnWriteArrayList<>();

  public final List<Told> outcomes = new CopyOnWriteArrayList<>();
  public final List<Long> withdrawn = new CopyOnWriteArrayList<>();
  public final List<CloseReason> closed = new CopyOnWriteArrayList<>();

  /** Transaction and watched setting of each moment at which a session settled. */
  public final List<String> settled = new CopyOnWriteArrayList<>();

  /** Done each time a session has settled, on its event loop. */
  public volatile Consumer<SessionControl> whenSettled = _ -> {};

  public ScriptedGate(Upstream upstream) {
    this.routes = _ -> upstream;
  }

  /** The setting that goes into {@link #settled} from now on. */
  public void watch(String setting) {
    watched = setting;
  }

  public void script(Script newScript) {
    script = newScript;
  }

  /** Where sessions lead from now on. */
  public void route(Upstream upstream) {
    routes = _ -> upstream;
  }

  /** How clients prove themselves from now on, and which proofs are good. */
  public void ask(Function<LoginRequest, Offer> newOffers, Predicate<Proof> newProofs) {
    offers = newOffers;
    proofs = newProofs;
  }

  /** Everybody has the password again. */
  public void askPassword() {
    ask(
        _ -> new Offer.Scram(VERIFIER),
        proof -> proof instanceof Proof.Scram(boolean proved) && proved);
  }

  /** Refuses what contains the mark at the stage, and runs the rest. */
  public void refuse(Submission.Stage stage, String mark) {
    script =
        (submission, _) ->
            submission.stage() == stage && text(submission).contains(mark) ? REFUSED : Decision.RUN;
  }

  /** The last session's. */
  public SessionControl control() {
    SessionControl last = control;
    if (last == null) {
      throw new IllegalStateException("no session yet");
    }
    return last;
  }

  public static String text(Submission submission) {
    return switch (submission.commands().getFirst()) {
      case CommandForm.Sql sql -> sql.text().toString(StandardCharsets.UTF_8);
      case CommandForm.Named named -> named.kind() + " " + named.name();
      case CommandForm.FunctionCall call -> "function " + call.function();
      case CommandForm.Call call -> "call " + call.name();
    };
  }

  @Override
  public GateSession open(Arrival arrival, SessionControl newControl) {
    if (broken) {
      throw new IllegalStateException("planted");
    }
    control = newControl;
    return new Following(newControl);
  }

  private final class Following implements GateSession {
    private final SessionControl own;
    private @Nullable LoginRequest request;

    Following(SessionControl own) {
      this.own = own;
    }

    @Override
    public CompletionStage<Offer> greet(LoginRequest newRequest) {
      request = newRequest;
      greeted.add(newRequest);
      return CompletableFuture.completedFuture(offers.apply(newRequest));
    }

    @Override
    public CompletionStage<Identification> identify(Proof proof) {
      return CompletableFuture.completedFuture(
          proofs.test(proof)
              ? Identification.IDENTIFIED
              : new Identification.Refused(Refusal.of(Refusal.Kind.IDENTITY, "no")));
    }

    @Override
    public CompletionStage<Route> route() {
      LoginRequest asked = request;
      return asked == null
          ? CompletableFuture.failedFuture(new IllegalStateException("not greeted"))
          : CompletableFuture.completedFuture(new Route.To(routes.apply(asked)));
    }

    @Override
    public boolean sameCaller(GateSession other) {
      return other instanceof Following session
          && request != null
          && session.request != null
          && request.user().equals(session.request.user());
    }

    @Override
    public void connected(String account, String backend) {}

    @Override
    public Answer submit(Submission submission, Reply reply) {
      submitted.add(submission.stage() + " " + text(submission));
      return script.submit(submission, reply);
    }

    @Override
    public void withdrawn(long sequence) {
      withdrawn.add(sequence);
    }

    @Override
    public void outcome(
        long sequence,
        OutcomeKind kind,
        long rows,
        long bytes,
        long nanos,
        @Nullable String errorCode) {
      outcomes.add(new Told(kind, rows, errorCode));
    }

    @Override
    public void settled(SessionView session) {
      String setting = watched;
      settled.add(
          setting == null
              ? session.transaction().toString()
              : session.transaction() + " " + session.setting(setting));
      whenSettled.accept(own);
    }

    @Override
    public void closed(CloseReason reason) {
      closed.add(reason);
    }
  }
}

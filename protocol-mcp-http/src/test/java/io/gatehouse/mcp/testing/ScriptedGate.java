package io.gatehouse.mcp.testing;

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
import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Every token that begins with {@link #GOOD} is good; what runs is for the script to say. */
public final class ScriptedGate implements Gate {
  public static final String GOOD = "good";

  /** Decides; on the session's event loop. */
  public interface Script {
    Answer submit(CommandForm.Call call, Submission submission, Reply reply);
  }

  /** What came of something asked. */
  public record Told(OutcomeKind kind, long messages, @Nullable String code) {}

  private final Upstream upstream;
  private volatile Script script = (_, _, _) -> Decision.RUN;
  private volatile @Nullable SessionControl control;

  /** Tokens are looked at once this is done. */
  public volatile CompletableFuture<Void> looks = CompletableFuture.completedFuture(null);

  /** Whether it fails where a session begins. */
  public volatile boolean broken;

  /** Kind and name of what was submitted, in order. */
  public final List<String> submitted = new CopyOnWriteArrayList<>();

  /** What each client said before it proved anything. */
  public final List<LoginRequest> greeted = new CopyOnWriteArrayList<>();

  public final List<Told> outcomes = new CopyOnWriteArrayList<>();
  public final List<Long> withdrawn = new CopyOnWriteArrayList<>();
  public final List<CloseReason> closed = new CopyOnWriteArrayList<>();

  public ScriptedGate(Upstream upstream) {
    this.upstream = upstream;
  }

  public void script(Script newScript) {
    script = newScript;
  }

  /** The last session's. */
  public SessionControl control() {
    SessionControl last = control;
    if (last == null) {
      throw new IllegalStateException("no session yet");
    }
    return last;
  }

  @Override
  public GateSession open(Arrival arrival, SessionControl newControl) {
    if (broken) {
      throw new IllegalStateException("the script is broken");
    }
    control = newControl;
    return new Following();
  }

  private final class Following implements GateSession {
    @Override
    public CompletionStage<Offer> greet(LoginRequest request) {
      greeted.add(request);
      return CompletableFuture.completedFuture(new Offer.OAuthBearer("{}"));
    }

    @Override
    public CompletionStage<Identification> identify(Proof proof) {
      return looks.thenApply(_ -> identified(proof));
    }

    private Identification identified(Proof proof) {
      boolean good = false;
      if (proof instanceof Proof.BearerToken(Secret token)) {
        try (token) {
          good = new String(token.bytes(), StandardCharsets.UTF_8).startsWith(GOOD);
        }
      }
      return good
          ? Identification.IDENTIFIED
          : new Identification.Refused(Refusal.of(Refusal.Kind.IDENTITY, "no"));
    }

    @Override
    public CompletionStage<Route> route() {
      return CompletableFuture.completedFuture(new Route.To(upstream));
    }

    @Override
    public void connected(String account, String backend) {}

    @Override
    public Answer submit(Submission submission, Reply reply) {
      CommandForm.Call call = (CommandForm.Call) submission.commands().getFirst();
      submitted.add(call.kind() + " " + call.name());
      return script.submit(call, submission, reply);
    }

    @Override
    public void withdrawn(long sequence) {
      withdrawn.add(sequence);
    }

    @Override
    public void outcome(
        long sequence,
        OutcomeKind kind,
        long messages,
        long bytes,
        long nanos,
        @Nullable String errorCode) {
      outcomes.add(new Told(kind, messages, errorCode));
    }

    @Override
    public void settled(SessionView session) {}

    @Override
    public void closed(CloseReason reason) {
      closed.add(reason);
    }
  }
}

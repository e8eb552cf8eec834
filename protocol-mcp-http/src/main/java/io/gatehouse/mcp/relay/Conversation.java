package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.login.BearerToken;
import io.gatehouse.mcp.login.TokenLogin;
import io.gatehouse.mcp.rpc.ErrorCode;
import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.rpc.Result;
import io.gatehouse.mcp.rpc.Revision;
import io.gatehouse.mcp.upstream.Ear;
import io.gatehouse.mcp.upstream.Handle;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.Reply;
import io.gatehouse.spi.ResultRecord.Unrecorded;
import io.gatehouse.spi.SessionView;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.net.Limit;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One caller and one server, from the login to the end: a session of the gate's. Everything is on
 * its event loop but {@link #control}, which is for any thread.
 */
final class Conversation implements Reply {
  private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

  private static final TokenLogin.Verdict DRAINED =
      new TokenLogin.Verdict.Refused(Refusals.SHUTTING_DOWN, CloseReason.DRAINED);

  /** How far it is. */
  private enum State {
    ENTERING,
    TALKING,
    OVER
  }

  private final EventLoop loop;
  private final Surroundings surroundings;
  private final Consumer<Conversation> ended;
  private final Map<Long, Call> calls = new LinkedHashMap<>();
  private final Map<RequestId, ServerErrand> asking = new HashMap<>();
  private final LeftOpen leftOpen = new LeftOpen();
  private final Bygone bygone = new Bygone();
  private final EventIds eventIds = new EventIds();
  private final List<Waiting> waiting = new ArrayList<>();
  private final Control control = new Control(this);
  private final String id;
  private Revision revision;
  private State state = State.ENTERING;
  private @Nullable TokenLogin login;
  private TokenLogin.@Nullable Verdict verdict;
  private @Nullable GateSession gate;
  private @Nullable Backend backend;
  private @Nullable ScheduledFuture<?> idle;
  private long sequence;
  private boolean draining;

  /**
   * Somebody who waits for the login.
   *
   * @param endless whether it is about something that is over only when somebody ends it
   */
  private record Waiting(boolean endless, Consumer<TokenLogin.Verdict> action) {}

  /**
   * @param id what the client calls it; empty where each request says all about itself
   * @param ended told once, when it is over
   */
  Conversation(
      EventLoop loop,
      Surroundings surroundings,
      String id,
      Revision revision,
      Consumer<Conversation> ended) {
    this.loop = loop;
    this.id = id;
    this.revision = revision;
    this.surroundings = surroundings;
    this.ended = ended;
  }

  EventLoop loop() {
    return loop;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Backend backend() {
    if (backend == null) {
      throw new IllegalStateException("the conversation has no server yet");
    }
    return backend;
  }

  private GateSession gate() {
    if (gate == null) {
      throw new IllegalStateException("the gate has not been asked yet");
    }
    return gate;
  }

  boolean over() {
    return state == State.OVER;
  }

  /** Which both sides speak, as far as is known. */
  Revision revision() {
    return revision;
  }

  /** What the client has to know of the session with the answer that begins it. */
  Headers introduced(Ask.Role role) {
    return role == Ask.Role.INITIALIZE ? Headers.of("mcp-session-id", id) : Headers.NONE;
  }

  /** The server says which revision it speaks; false if it cannot be spoken here. */
  boolean introduced(Message.Single answer) {
    if (!(answer instanceof Result result)) {
      return true;
    }
    Optional<Revision> said =
        result
            .result()
            .find("protocolVersion")
            .filter(version -> version.is(JsonKind.STRING))
            .flatMap(version -> Revision.find(version.text()))
            .filter(known -> !known.modern());
    said.ifPresent(known -> revision = known);
    return said.isPresent();
  }

  /** Without transactions, settings and batches. */
  SessionView view() {
    return Settled.VIEW;
  }

  /** Shows the gate who calls. */
  void enter(Arrival arrival, LoginRequest request, BearerToken token) {
    try {
      GateSession opened = surroundings.gate().open(arrival, control);
      gate = opened;
      login =
          TokenLogin.begin(
              loop,
              opened,
              request,
              token.secret(),
              surroundings.limits().of(Limit.LOGIN_SECONDS),
              this::entered);
    } catch (RuntimeException problem) {
      report(problem);
      entered(new TokenLogin.Verdict.Refused(Refusals.FAULT, CloseReason.INTERNAL_FAULT));
    }
  }

  private void entered(TokenLogin.Verdict found) {
    TokenLogin.Verdict known = found;
    if (found instanceof TokenLogin.Verdict.In(Upstream upstream)) {
      known = talks(upstream, found);
    }
    verdict = known;
    switch (known) {
      case TokenLogin.Verdict.In _ -> restIfIdle();
      case TokenLogin.Verdict.Denied _ -> over(CloseReason.LOGIN_REFUSED);
      case TokenLogin.Verdict.Refused(_, CloseReason reason) -> over(reason);
    }
    TokenLogin.Verdict told = known;
    List.copyOf(waiting).forEach(one -> one.action().accept(told));
    waiting.clear();
  }

  private TokenLogin.Verdict talks(Upstream upstream, TokenLogin.Verdict in) {
    if (state == State.OVER) {
      return ended();
    }
    try {
      backend = new Backend(upstream);
      gate().connected(backend().account(), "");
      gate().settled(view());
    } catch (RuntimeException fault) {
      report(fault);
      return new TokenLogin.Verdict.Refused(Refusals.FAULT, CloseReason.INTERNAL_FAULT);
    }
    if (state == State.OVER) {
      return ended();
    }
    state = State.TALKING;
    return in;
  }

  private static TokenLogin.Verdict ended() {
    return new TokenLogin.Verdict.Refused(
        Refusal.of(Refusal.Kind.UNKNOWN_TARGET, "the session has ended").withHint("Begin anew."),
        CloseReason.KILLED);
  }

  /**
   * What came of the login, now or later.
   *
   * @param endless whether it is about something that is over only when somebody ends it
   */
  void whenEntered(boolean endless, Consumer<TokenLogin.Verdict> action) {
    if (hasEnded()) {
      action.accept(ended());
    } else if (endless && draining) {
      action.accept(DRAINED);
    } else if (verdict == null) {
      waiting.add(new Waiting(endless, action));
    } else {
      action.accept(verdict);
    }
  }

  /** Whether it was one, and is none any more: who asks now begins a new one. */
  boolean hasEnded() {
    return state == State.OVER && verdict instanceof TokenLogin.Verdict.In;
  }

  /** Asks the gate about something. */
  void submit(Asked asked, Errand errand) {
    if (state != State.TALKING) {
      errand.refused(new Call(this, 0, asked, errand), Refusals.GONE);
      return;
    }
    if (calls.size() >= surroundings.limits().of(Limit.MCP_CALLS)) {
      surroundings.meters().limitReached(Limit.MCP_CALLS);
      errand.refused(new Call(this, 0, asked, errand), Refusals.TOO_MANY_CALLS);
      return;
    }
    submit(new Call(this, ++sequence, asked, errand));
  }

  private void submit(Call call) {
    stayAwake();
    calls.put(call.sequence(), call);
    call.errand().submitted(call);
    Answer answer;
    try {
      answer = gate().submit(call, this);
    } catch (RuntimeException fault) {
      report(fault);
      answer = new Decision.Refuse(Refusals.FAULT);
    }
    if (answer instanceof Decision decision && !call.over()) {
      call.decided(decision);
    }
  }

  /**
   * Asks the server.
   *
   * @param headers of the client's request
   * @param own of the gate's
   */
  Handle ask(String method, Headers headers, Headers own, Bytes body, Ear ear) {
    Headers all = Backend.crossing(headers, revision.modern()).and(own);
    return Presented.begin(this, method, all, body, ear);
  }

  @Override
  public void answer(long submission, Decision decision) {
    onLoop(
        () -> {
          Call call = calls.get(submission);
          if (call != null && call.waits()) {
            guarded(() -> call.decided(decision));
          }
        });
  }

  @Override
  public void again(long submission) {
    onLoop(
        () -> {
          Call call = calls.get(submission);
          if (call != null && call.waits()) {
            calls.remove(submission);
            guarded(() -> submit(new Call(this, ++sequence, call.asked(), call.errand())));
          }
        });
  }

  /** An answer that has not begun cannot say how far it is. */
  @Override
  public void progress(long submission, String message) {}

  void outcome(
      long submission,
      OutcomeKind kind,
      long messages,
      long bytes,
      long nanos,
      @Nullable String code) {
    gate().outcome(submission, kind, messages, bytes, nanos, code);
  }

  void withdrawn(long submission) {
    gate().withdrawn(submission);
  }

  /** Nothing more comes of it. */
  void forget(Call call) {
    call.errand().passes().ifPresent(bygone::add);
    calls.remove(call.sequence());
    asking.values().removeIf(call.errand()::equals);
    leftOpen.forget(call);
    restIfIdle();
  }

  /** The server asks the client, who may answer from now on; false if that id is taken. */
  boolean asks(RequestId asked, ServerErrand errand) {
    ServerErrand before = asking.get(asked);
    if (before != null && before.left()) {
      before.call().end(OutcomeKind.UNKNOWN, null);
    }
    boolean free = asking.putIfAbsent(asked, errand) == null;
    restIfIdle();
    return free;
  }

  /** Whether something that has no answer yet would get it by this id. */
  boolean awaits(RequestId answered) {
    return calls.values().stream().anyMatch(call -> call.errand().awaits(answered));
  }

  /** The client answers what the server asked it. */
  Call answers(RequestId answered) throws RefusedMessageException {
    ServerErrand errand = asking.remove(answered);
    if (errand == null) {
      throw new RefusedMessageException(
          ErrorCode.INVALID_REQUEST, "nobody asked what this answers", Optional.empty());
    }
    stayAwake();
    errand.answered();
    return errand.call();
  }

  /** The plans of all that is under way, what is left open included. */
  List<Passing> plans() {
    return calls.values().stream().flatMap(call -> call.errand().passes().stream()).toList();
  }

  /** Requests whose answers may come by another stream. */
  LeftOpen leftOpen() {
    return leftOpen;
  }

  /** The plans of what has ended. */
  Bygone bygone() {
    return bygone;
  }

  /** What the client calls events by. */
  EventIds eventIds() {
    return eventIds;
  }

  boolean underWay(long submission) {
    return calls.containsKey(submission);
  }

  /** What waits for a client that has no stream open keeps nothing awake. */
  void restIfIdle() {
    if (calls.size() == leftOpen.size() + asking.size() && state == State.TALKING && idle == null) {
      idle =
          loop.schedule(
              () -> {
                surroundings.meters().limitReached(Limit.MCP_IDLE_SECONDS);
                over(CloseReason.CLIENT_IDLE);
              },
              surroundings.limits().of(Limit.MCP_IDLE_SECONDS),
              TimeUnit.SECONDS);
    }
  }

  private void stayAwake() {
    if (idle != null) {
      idle.cancel(false);
      idle = null;
    }
  }

  /** Does it, and ends the conversation if that fails. */
  void guarded(Runnable action) {
    try {
      action.run();
    } catch (Unrecorded e) {
      end(e.refusal(), CloseReason.INTERNAL_FAULT);
    } catch (RuntimeException fault) {
      report(fault);
      end(Refusals.FAULT, CloseReason.INTERNAL_FAULT);
    }
  }

  private static void report(RuntimeException fault) {
    LOG.log(System.Logger.Level.ERROR, "a fault while serving a conversation", fault);
  }

  void onLoop(Runnable action) {
    if (loop.inEventLoop()) {
      action.run();
    } else {
      loop.execute(action);
    }
  }

  /** Ends it, with these words for all who wait. */
  void end(Refusal refusal, CloseReason reason) {
    if (state == State.OVER) {
      return;
    }
    boolean talked = state == State.TALKING;
    state = State.OVER;
    ended.accept(this);
    cut(refusal, reason);
    stayAwake();
    asking.clear();
    leftOpen.clear();
    if (talked && !backend().session().isEmpty() && reason != CloseReason.CLIENT_TERMINATED) {
      guarded(() -> ask("DELETE", Headers.NONE, Headers.NONE, Bytes.NONE, new Deaf()));
    }
    if (login != null && verdict == null) {
      login.withdraw();
      entered(new TokenLogin.Verdict.Refused(refusal, reason));
    }
    if (gate != null) {
      GateSession open = gate;
      guarded(() -> open.closed(reason));
    }
  }

  private void cut(Refusal refusal, CloseReason reason) {
    List.copyOf(calls.values()).forEach(call -> cut(call, refusal, reason));
  }

  /** One that cannot be ended as it should be keeps none of the others from it. */
  private void cut(Call call, Refusal refusal, CloseReason reason) {
    guarded(() -> call.errand().cut(refusal, reason));
    guarded(() -> call.end(OutcomeKind.UNKNOWN, null));
  }

  /** Ends what has no end of its own, so that the gate can be shut down, and begins none. */
  void drain() {
    draining = true;
    List<Waiting> endless = waiting.stream().filter(Waiting::endless).toList();
    waiting.removeAll(endless);
    endless.forEach(one -> guarded(() -> one.action().accept(DRAINED)));
    List.copyOf(calls.values()).forEach(call -> guarded(() -> call.errand().drain()));
  }

  /** What is under way is cancelled at the server; the conversation goes on. */
  void cancel() {
    cut(Refusals.CANCELLED, CloseReason.KILLED);
  }

  /** The same of one call. */
  void cancel(long submission) {
    Call call = calls.get(submission);
    if (call != null) {
      cut(call, Refusals.CANCELLED, CloseReason.KILLED);
    }
  }

  /** Ends it: what is under way ends with it. */
  void over(CloseReason reason) {
    end(Refusals.GONE, reason);
  }
}

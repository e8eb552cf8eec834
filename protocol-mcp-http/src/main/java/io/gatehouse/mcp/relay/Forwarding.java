package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.relay.Ask.Role;
import io.gatehouse.mcp.rpc.ErrorCode;
import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.sse.EventWriter;
import io.gatehouse.mcp.upstream.Ear;
import io.gatehouse.mcp.upstream.Failure;
import io.gatehouse.mcp.upstream.Handle;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks, on its way to the server, and what the server says to it, on its way back. On
 * the conversation's event loop. It owns the bytes of an answer that is not whole yet.
 */
final class Forwarding implements Errand, Ear {
  private static final System.Logger LOG = System.getLogger(Forwarding.class.getName());
  private static final byte[] NOTHING = {};

  /** How the answer comes. */
  private sealed interface Form {
    record Awaited() implements Form {}

    record Whole(int status, AnswerBody body) implements Form {}

    record Events(EventFlow flow) implements Form {}

    /** Without content of interest. */
    record Bare(int status) implements Form {}

    record Over() implements Form {}
  }

  private final Conversation conversation;
  private final Client client;
  private Ask ask;
  private @Nullable Call call;
  private @Nullable Passing passing;
  private @Nullable Handle handle;
  private Form form = new Form.Awaited();
  private boolean recordFull;

  /** A whole answer that is not on its way to the client yet. */
  private @Nullable AnswerBody unsent;

  private Forwarding(Conversation conversation, Client client, Ask ask) {
    this.conversation = conversation;
    this.client = client;
    this.ask = ask;
  }

  static void begin(Conversation conversation, Client client, Ask ask, Asked what) {
    boolean twice = ask.id().filter(conversation::awaits).isPresent();
    if (twice && !conversation.revision().modern()) {
      RefusedMessageException refused =
          new RefusedMessageException(
              ErrorCode.INVALID_REQUEST, "the id of this is in use", ask.id());
      client.answer(refused.code().httpStatus(), GateErrors.JSON, GateErrors.error(refused));
      return;
    }
    conversation.submit(what, new Forwarding(conversation, client, ask));
  }

  @Override
  public boolean awaits(RequestId id) {
    return ask.id().filter(id::equals).isPresent();
  }

  @Override
  public void submitted(Call submitted) {
    call = submitted;
    client.onGone(() -> conversation.guarded(this::gone));
  }

  @Override
  public void run(Call granted, Decision.Run run) {
    call = granted;
    passing = new Passing(run.plan());
    client.onRoom(this::flow);
    handle = conversation.ask(ask.role().method(), ask.headers(), ask.body(), this);
    ask = ask.sent();
  }

  @Override
  public void refused(Call unused, Refusal refusal) {
    form = new Form.Over();
    refuse(refusal);
    neverBegan(CloseReason.LOGIN_REFUSED);
  }

  /** A session that its client has not been told of. */
  private void neverBegan(CloseReason reason) {
    if (ask.role() == Role.INITIALIZE) {
      conversation.over(reason);
    }
  }

  private void refuse(Refusal refusal) {
    byte[] error = GateErrors.error(ask.id(), refusal);
    if (client.begun()) {
      if (ask.id().isPresent()) {
        ByteBuf out = ByteBufAllocator.DEFAULT.buffer(error.length + 64);
        EventWriter.event(out, "message", Optional.empty(), error);
        client.write(out);
      }
      client.end();
    } else {
      client.answer(
          ask.id().isPresent() ? 200 : GateErrors.status(refusal), GateErrors.JSON, error);
    }
  }

  @Override
  public void cut(Refusal refusal, CloseReason reason) {
    if (!(form instanceof Form.Over)) {
      stop();
      refuse(refusal);
    }
  }

  @Override
  public Optional<Passing> passes() {
    return ask.role() == Role.LISTEN ? Optional.empty() : Optional.ofNullable(passing);
  }

  @Override
  public void drain() {
    if (ask.role() == Role.LISTEN) {
      over(OutcomeKind.SUCCEEDED, null);
      refuse(Refusal.of(Refusal.Kind.UNAVAILABLE, "the gateway is shutting down"));
    }
  }

  private void gone() {
    if (call != null && call.waits()) {
      form = new Form.Over();
      call.withdraw();
    } else if (!(form instanceof Form.Over) && !leftOpen()) {
      over(OutcomeKind.UNKNOWN, "client gone");
    }
  }

  /**
   * The stream ends before the answer. In the older era that takes nothing back, and who asks for
   * the rest gets it by another stream.
   */
  private boolean leftOpen() {
    if (!(form instanceof Form.Events)
        || ask.role() != Role.REQUEST
        || conversation.revision().modern()) {
      return false;
    }
    stop();
    conversation.leftOpen().add(ask.id().orElseThrow(), call(), passing());
    conversation.restIfIdle();
    return true;
  }

  /** Hears no more of the server. */
  private void stop() {
    Form before = form;
    form = new Form.Over();
    if (before instanceof Form.Whole(_, AnswerBody body)) {
      body.drop();
      body.close();
    }
    if (unsent != null) {
      unsent.close();
    }
    if (handle != null && !(before instanceof Form.Over)) {
      handle.cancel();
    }
  }

  void over(OutcomeKind kind, @Nullable String code) {
    if (form instanceof Form.Events(EventFlow events)) {
      events.ends();
    }
    stop();
    if (call != null) {
      call.end(kind, code);
    }
    if (kind != OutcomeKind.SUCCEEDED) {
      neverBegan(CloseReason.UPSTREAM_DISCONNECTED);
    }
  }

  @Override
  public void head(int status, Headers headers) {
    conversation.guarded(() -> begins(status, headers));
  }

  private void begins(int status, Headers headers) {
    String type = headers.first("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (ask.role() == Role.INITIALIZE && status == 200) {
      conversation.backend().session(headers.first("mcp-session-id").orElse(""));
    }
    boolean hears = ask.role() != Role.NOTIFICATION && ask.role() != Role.END;
    if (hears && status == 200 && type.startsWith("text/event-stream")) {
      form = new Form.Events(new EventFlow(this, conversation, client));
      client.begin(conversation.introduced(ask.role()));
    } else if (type.startsWith("application/json") && (hears || status >= 300)) {
      form = new Form.Whole(status, new AnswerBody(conversation.surroundings().answers()));
    } else {
      form = new Form.Bare(status);
    }
  }

  @Override
  public void part(ByteBuf part) {
    try {
      conversation.guarded(() -> comes(part));
    } finally {
      part.release();
    }
  }

  private void comes(ByteBuf part) {
    switch (form) {
      case Form.Whole(_, AnswerBody body) -> {
        switch (body.add(part)) {
          case YES -> {}
          case TOO_LARGE -> violated("an answer that is too large");
          case NO_MEMORY -> {
            conversation.surroundings().meters().limitReached(Limit.ANSWER_BYTES_TOTAL);
            failed(Failure.BUSY, "too many answers are under way at once");
          }
        }
      }
      case Form.Events(EventFlow events) -> {
        events.comes(part);
        flow();
      }
      case Form.Awaited _, Form.Bare _, Form.Over _ -> {}
    }
  }

  void withheld(Refusal refusal) {
    over(OutcomeKind.REFUSED, null);
    refuse(refusal);
  }

  /** Of the answer to initialize: from now on both sides speak that revision. */
  boolean introduces(Message.Single answer) {
    if (ask.role() == Role.INITIALIZE && !conversation.introduced(answer)) {
      violated("a revision of the protocol that is not known here");
      return false;
    }
    return true;
  }

  /** Of this call or another: what is about to be sent. No more is read while that takes time. */
  void record(Call its, Bytes message, boolean last) {
    if (!its.record(message, last, this::recorded)) {
      recordFull = true;
    }
  }

  private void recorded() {
    conversation.onLoop(
        () -> {
          recordFull = false;
          conversation.guarded(this::flow);
        });
  }

  /** Reads while what was read goes on. */
  private void flow() {
    if (handle == null || form instanceof Form.Over) {
      return;
    }
    if (client.full() || recordFull) {
      handle.pause();
    } else {
      handle.resume();
    }
  }

  @Override
  public void end() {
    conversation.guarded(this::ends);
  }

  private void ends() {
    switch (form) {
      case Form.Whole(int status, AnswerBody body) -> {
        byte[] bytes = body.take();
        unsent = body;
        form = new Form.Bare(status);
        whole(status, bytes);
      }
      case Form.Events _ -> {
        if (!leftOpen()) {
          over(OutcomeKind.UNKNOWN, null);
        }
        client.end();
      }
      case Form.Bare(int status) -> bare(status);
      case Form.Awaited _, Form.Over _ -> {}
    }
  }

  private void whole(int status, byte[] bytes) {
    if (refusesGate(status)) {
      return;
    }
    try {
      Message message = Passing.read(bytes);
      if (message instanceof Message.Single answer && Passing.answers(answer, ask.id())) {
        answered(status, answer);
      } else {
        violated("an answer to what was not asked");
      }
    } catch (RefusedMessageException e) {
      violated("an answer that is none: " + e.getMessage());
    }
  }

  private void answered(int status, Message.Single answer) {
    switch (passing().answer(answer)) {
      case Passing.Shown.As(Bytes message) -> {
        if (!introduces(answer)) {
          return;
        }
        Refusal exceeded = call().exceeds(message);
        if (exceeded != null) {
          withheld(exceeded);
          return;
        }
        record(call(), message, true);
        Headers headers = GateErrors.JSON.and(conversation.introduced(ask.role()));
        Runnable sent = sent();
        over(Passing.outcome(answer), Passing.code(answer));
        endsSession(status);
        client.answer(status, headers, message.array(), sent);
      }
      case Passing.Shown.Withheld(Refusal refusal) -> withheld(refusal);
    }
  }

  /** From now on the exchange knows when the client has it. */
  private Runnable sent() {
    AnswerBody whole = unsent;
    unsent = null;
    return whole == null ? () -> {} : whole::close;
  }

  /** An answer without a message. */
  private void bare(int status) {
    if (refusesGate(status)) {
      return;
    }
    boolean done = status >= 200 && status < 300;
    if (done && ask.id().isPresent()) {
      violated("no answer");
      return;
    }
    over(done ? OutcomeKind.SUCCEEDED : OutcomeKind.FAILED, done ? null : "http " + status);
    if (done && ask.role() == Role.END) {
      conversation.over(CloseReason.CLIENT_TERMINATED);
    }
    endsSession(status);
    client.answer(status, Headers.NONE, NOTHING);
  }

  /** The server does not know its session any more. */
  private void endsSession(int status) {
    if (status == 404 && !conversation.backend().session().isEmpty()) {
      conversation.over(CloseReason.UPSTREAM_DISCONNECTED);
    }
  }

  /** What a server says about credentials is between it and the gate. */
  private boolean refusesGate(int status) {
    if (status != 401 && status != 403 && status != 407) {
      return false;
    }
    failed(Failure.CREDENTIAL, "the server answered " + status);
    return true;
  }

  void violated(String what) {
    failed(Failure.VIOLATED_PROTOCOL, "the server sent " + what);
  }

  @Override
  public void failed(Failure kind, String message) {
    if (!(form instanceof Form.Over)) {
      conversation.guarded(() -> fails(kind, message));
    }
  }

  private void fails(Failure kind, String message) {
    LOG.log(
        System.Logger.Level.WARNING,
        "listener={0} no answer of the server, {1}: {2}",
        conversation.surroundings().listener(),
        kind,
        message);
    over(OutcomeKind.FAILED, kind.name().toLowerCase(Locale.ROOT));
    if (client.begun()) {
      client.abort();
    } else {
      client.answer(
          kind == Failure.TOO_SLOW ? 504 : 502,
          GateErrors.JSON,
          GateErrors.error(ask.id(), GateErrors.server(said(kind))));
    }
  }

  private static String said(Failure kind) {
    return switch (kind) {
      case UNREACHABLE -> "the server cannot be reached";
      case BUSY -> "the gateway has too many connections to the server";
      case CREDENTIAL -> "the gateway has no credential that the server takes";
      case CLOSED -> "the server closed the connection before it answered";
      case VIOLATED_PROTOCOL -> "the server sent what is no answer";
      case TOO_SLOW -> "the server did not answer in time";
    };
  }

  boolean over() {
    return form instanceof Form.Over;
  }

  Ask ask() {
    return ask;
  }

  Call call() {
    if (call == null) {
      throw new IllegalStateException("nothing was submitted");
    }
    return call;
  }

  Passing passing() {
    if (passing == null) {
      throw new IllegalStateException("nothing was granted");
    }
    return passing;
  }
}

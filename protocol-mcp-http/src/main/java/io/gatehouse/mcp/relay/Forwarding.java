package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.relay.Ask.Role;
import io.gatehouse.mcp.rpc.ErrorCode;
import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.upstream.Ear;
import io.gatehouse.mcp.upstream.Failure;
import io.gatehouse.mcp.upstream.Handle;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks, on its way to the server, and what the server says to it, on its way back. On
 * the conversation's event loop. It owns the bytes of an answer that is not whole yet.
 */
final class Forwarding implements Errand, Ear {
  private static final System.Logger LOG = System.getLogger(Forwarding.class.getName());

  /** How the answer comes. */
  private sealed interface Form {
    record Awaited() implements Form {}

    record Whole(WholeAnswer answer) implements Form {}

    record Events(EventFlow flow) implements Form {}

    record Over() implements Form {}
  }

  private final Conversation conversation;
  private final Client client;
  private final Resumption resumption;
  private Ask ask;
  private @Nullable Call call;
  private @Nullable Passing passing;
  private @Nullable Handle handle;
  private Form form = new Form.Awaited();
  private boolean recordFull;

  /** Goes on with the stream of this. */
  private @Nullable Forwarding heir;

  private Forwarding(Conversation conversation, Client client, Ask ask, Resumption resumption) {
    this.conversation = conversation;
    this.client = client;
    this.ask = ask;
    this.resumption = resumption;
  }

  static void begin(Conversation conversation, Client client, Ask ask, Asked what) {
    try {
      boolean twice = ask.id().filter(conversation::awaits).isPresent();
      if (twice && !conversation.revision().modern()) {
        throw new RefusedMessageException(
            ErrorCode.INVALID_REQUEST, "the id of this is in use", ask.id());
      }
      Resumption resumption = Resumption.of(ask, conversation);
      Forwarding forwarding = new Forwarding(conversation, client, ask, resumption);
      if (resumption.call() != null) {
        resumption.call().heir = forwarding;
      }
      conversation.submit(what, forwarding);
    } catch (RefusedMessageException e) {
      client.answer(e.code().httpStatus(), GateErrors.JSON, GateErrors.error(e));
    }
  }

  /** Whose messages come: this one's, or those of the call whose stream this goes on with. */
  Forwarding subject() {
    return resumption.call() == null ? this : resumption.call();
  }

  private boolean forNoRequest() {
    return ask.role() == Role.LISTEN && resumption.call() == null;
  }

  /** The call that this goes on with is left again, unless it has ended. */
  private void handBack() {
    Forwarding left = resumption.call();
    if (left != null && left.heir == this) {
      left.heir = null;
      if (!left.call().over()) {
        conversation.leftOpen().add(left);
        conversation.restIfIdle();
      }
    }
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
    handle =
        conversation.ask(
            ask.role().method(), ask.headers(), resumption.headers(), ask.body(), this);
    ask = ask.sent();
  }

  @Override
  public void refused(Call unused, Refusal refusal) {
    form = new Form.Over();
    handBack();
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
    Optional<RequestId> id = subject().ask.id();
    byte[] error = GateErrors.error(id, refusal);
    if (client.begun()) {
      if (id.isPresent()) {
        client.event(OptionalLong.empty(), Optional.empty(), error, () -> {});
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
      abandon();
      stop();
      refuse(refusal);
    } else if (heir != null) {
      Forwarding last = heir;
      last.over(OutcomeKind.SUCCEEDED, null);
      last.refuse(refusal);
    }
  }

  @Override
  public Optional<Passing> passes() {
    return ask.role() == Role.LISTEN ? Optional.empty() : Optional.ofNullable(passing);
  }

  @Override
  public void drain() {
    if (ask.role().endless() && resumption.call() == null) {
      over(OutcomeKind.SUCCEEDED, null);
      refuse(Refusals.SHUTTING_DOWN);
    }
  }

  private void gone() {
    if (call != null && call.waits()) {
      form = new Form.Over();
      handBack();
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
    conversation.leftOpen().add(this);
    conversation.restIfIdle();
    return true;
  }

  /** What the server asked in the stream of this is answered by nobody any more. */
  private void abandon() {
    if (form instanceof Form.Events(EventFlow events)) {
      events.ends();
    }
  }

  /** Hears no more of the server. */
  private void stop() {
    Form before = form;
    form = new Form.Over();
    handBack();
    switch (before) {
      case Form.Whole(WholeAnswer answer) -> answer.drop();
      case Form.Events(EventFlow events) -> events.drop();
      case Form.Awaited _, Form.Over _ -> {}
    }
    if (handle != null && !(before instanceof Form.Over)) {
      handle.cancel();
    }
  }

  void over(OutcomeKind kind, @Nullable String code) {
    if (resumption.call() == null) {
      abandon();
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
      if (handle != null) {
        handle.endless();
      }
      client.begin(conversation.introduced(ask.role()));
    } else {
      boolean matters = type.startsWith("application/json") && (hears || status >= 300);
      form = new Form.Whole(new WholeAnswer(this, conversation, client, status, matters));
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
      case Form.Whole(WholeAnswer answer) -> answer.comes(part);
      case Form.Events(EventFlow events) -> {
        events.comes(part);
        flow();
      }
      case Form.Awaited _, Form.Over _ -> {}
    }
  }

  void withheld(Refusal refusal) {
    answered(OutcomeKind.REFUSED, null);
    refuse(refusal);
  }

  /** All answers together are too large: nobody gets more of this one. */
  void noRoom() {
    conversation.surroundings().meters().limitReached(Limit.ANSWER_BYTES_TOTAL);
    answered(OutcomeKind.FAILED, "busy");
    refuse(Refusals.TOO_MANY_ANSWERS);
  }

  /** What is answered is over, and this with it. */
  void answered(OutcomeKind kind, @Nullable String code) {
    Forwarding answered = subject();
    if (answered == this) {
      over(kind, code);
    } else {
      abandon();
      answered.call().end(kind, code);
      over(OutcomeKind.SUCCEEDED, null);
    }
  }

  /** What the client is to call an event by; nothing where it cannot come again. */
  Optional<String> eventId(String server) {
    if (conversation.revision().modern() || !Resumption.tellable(server)) {
      return Optional.empty();
    }
    long stream = forNoRequest() ? 0 : subject().call().sequence();
    return Optional.of(
        server.isEmpty()
            ? server
            : conversation
                .eventIds()
                .seal(new EventIds.Mark(stream, conversation.bygone().count(), server)));
  }

  /** By which plans passes what is said by a stream that is for no request. */
  List<Passing> others() {
    return forNoRequest()
        ? Stream.concat(conversation.plans().stream(), resumption.bygone().stream()).toList()
        : List.of();
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
      case Form.Whole(WholeAnswer answer) -> answer.ends();
      case Form.Events _ -> {
        if (!leftOpen()) {
          over(OutcomeKind.UNKNOWN, null);
        }
        client.end();
      }
      case Form.Awaited _, Form.Over _ -> {}
    }
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
          GateErrors.error(ask.id(), Refusals.server(kind)));
    }
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

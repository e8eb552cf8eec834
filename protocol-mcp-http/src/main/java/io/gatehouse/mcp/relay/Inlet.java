package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.era.PostReader;
import io.gatehouse.mcp.era.Posted;
import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.http.Challenge;
import io.gatehouse.mcp.http.Desk;
import io.gatehouse.mcp.http.Exchange;
import io.gatehouse.mcp.login.BearerToken;
import io.gatehouse.mcp.login.TokenLogin;
import io.gatehouse.mcp.relay.Ask.Role;
import io.gatehouse.mcp.relay.Conversations.Found;
import io.gatehouse.mcp.rpc.ErrorCode;
import io.gatehouse.mcp.rpc.Failure;
import io.gatehouse.mcp.rpc.Method;
import io.gatehouse.mcp.rpc.Notification;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.Request;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.rpc.Result;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonLimits;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.net.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/** Reads what clients ask and finds the conversation that it belongs to. Thread-safe. */
public final class Inlet implements Desk {
  private static final int MOST_SOFTWARE = 200;

  /** Longer ones take longer than others should wait for. */
  private static final int MOST_READ_ON_LOOP = 65_536;

  private final Conversations conversations;
  private final Executor computing;
  private final PostReader reader;

  /**
   * @param computing where long messages are read
   */
  public Inlet(Conversations conversations, Executor computing, long mostBytes) {
    this.conversations = conversations;
    this.computing = computing;
    reader = new PostReader(JsonLimits.DEFAULTS.withBytes(Math.toIntExact(mostBytes)));
  }

  @Override
  public void asked(Exchange exchange) {
    Optional<BearerToken> token = BearerToken.of(exchange.head().headers());
    if (token.isEmpty()) {
      challenge(
          exchange,
          exchange.place().resource().map(Challenge::missing),
          "show a bearer token: the gateway lets nobody in without one");
      return;
    }
    if (exchange.head().method().equals("POST")) {
      posts(exchange, token.get());
    } else {
      orRefused(exchange, () -> listens(exchange, token.get()));
    }
  }

  @Override
  public void drains() {
    conversations.drain();
  }

  @Override
  public void drained() {
    conversations.close();
  }

  /** Something that may find a message to be none. */
  private interface Step {
    void take() throws RefusedMessageException;
  }

  private static void orRefused(Exchange exchange, Step step) {
    try {
      step.take();
    } catch (RefusedMessageException e) {
      answer(exchange, e.code().httpStatus(), GateErrors.error(e));
    }
  }

  /** What is long is not read on the event loop. */
  private void posts(Exchange exchange, BearerToken token) {
    Bytes body = taken(exchange);
    Headers headers = exchange.head().headers();
    if (body.length() <= MOST_READ_ON_LOOP) {
      orRefused(exchange, () -> posted(exchange, token, body, reader.read(headers, body.array())));
      return;
    }
    try {
      computing.execute(
          () -> {
            Step next = read(exchange, token, headers, body);
            exchange.loop().execute(() -> orRefused(exchange, next));
          });
    } catch (RejectedExecutionException e) {
      Refusal busy = Refusal.of(Refusal.Kind.UNAVAILABLE, "too much is being read at once");
      answer(exchange, 503, GateErrors.error(Optional.empty(), busy.withHint("Try again.")));
    }
  }

  private Step read(Exchange exchange, BearerToken token, Headers headers, Bytes body) {
    try {
      Posted posted = reader.read(headers, body.array());
      return () -> posted(exchange, token, body, posted);
    } catch (RefusedMessageException e) {
      return () -> {
        throw e;
      };
    }
  }

  private static void challenge(Exchange exchange, Optional<String> challenge, String words) {
    Headers headers =
        challenge
            .map(value -> GateErrors.JSON.and("www-authenticate", value))
            .orElse(GateErrors.JSON);
    byte[] error = GateErrors.error(Optional.empty(), Refusal.of(Refusal.Kind.IDENTITY, words));
    exchange.answer(401, headers, Unpooled.wrappedBuffer(error));
  }

  private static void answer(Exchange exchange, int status, byte[] message) {
    exchange.answer(status, GateErrors.JSON, Unpooled.wrappedBuffer(message));
  }

  private void posted(Exchange exchange, BearerToken token, Bytes body, Posted posted)
      throws RefusedMessageException {
    Headers headers = exchange.head().headers();
    switch (posted.message()) {
      case Request request -> {
        Asked asked = Asked.of(request, posted.revision());
        Role role = role(request);
        Ask ask = new Ask(role, Optional.of(request.id()), headers, body);
        if (role == Role.INITIALIZE) {
          forward(exchange, begun(exchange, token, request), ask, asked);
        } else {
          forward(exchange, token, posted, ask, asked);
        }
      }
      case Notification notification -> {
        Asked asked = Asked.of(notification, posted.revision());
        Ask ask = new Ask(Role.NOTIFICATION, Optional.empty(), headers, body);
        forward(exchange, token, posted, ask, asked);
      }
      case Result result -> answered(exchange, token, Optional.of(result.id()), body);
      case Failure failure -> answered(exchange, token, failure.id(), body);
    }
  }

  private static Role role(Request request) {
    if (request.method().equals(Method.INITIALIZE.wire())) {
      return Role.INITIALIZE;
    }
    return request.method().equals(Method.SUBSCRIPTIONS_LISTEN.wire())
        ? Role.SUBSCRIPTION
        : Role.REQUEST;
  }

  private static Bytes taken(Exchange exchange) {
    ByteBuf body = exchange.takeBody();
    try {
      return new Bytes(ByteBufUtil.getBytes(body));
    } finally {
      body.release();
    }
  }

  /** GET and DELETE, which the older era has. */
  private void listens(Exchange exchange, BearerToken token) throws RefusedMessageException {
    Headers headers = exchange.head().headers();
    PostReader.legacy(headers);
    String method = exchange.head().method();
    Role role = method.equals("GET") ? Role.LISTEN : Role.END;
    Ask ask = new Ask(role, Optional.empty(), headers, Bytes.NONE);
    forward(exchange, named(exchange, token), ask, Asked.http(method));
  }

  private Found begun(Exchange exchange, BearerToken token, Request request) {
    Optional<JsonValue> info = request.params().flatMap(params -> params.find("clientInfo"));
    return conversations.begin(exchange, token, software(info));
  }

  /** What the client says it is; nobody has verified it. */
  private static String software(Optional<JsonValue> info) {
    String said = (said(info, "name") + " " + said(info, "version")).strip();
    return said.substring(0, Math.min(said.length(), MOST_SOFTWARE));
  }

  private static String said(Optional<JsonValue> info, String member) {
    return info.filter(value -> value.is(JsonKind.OBJECT))
        .flatMap(value -> value.find(member))
        .filter(value -> value.is(JsonKind.STRING))
        .map(JsonValue::text)
        .orElse("");
  }

  private Found named(Exchange exchange, BearerToken token) throws RefusedMessageException {
    String id = exchange.head().headers().first("mcp-session-id").orElse("");
    if (id.isEmpty()) {
      throw new RefusedMessageException(
          ErrorCode.INVALID_REQUEST,
          "Mcp-Session-Id is missing: begin with initialize",
          Optional.empty());
    }
    return conversations
        .find(exchange, token, id)
        .map(Found.One::new)
        .orElseThrow(
            () ->
                new RefusedMessageException(
                    ErrorCode.METHOD_NOT_FOUND,
                    "there is no such session, or not of this login: begin with initialize",
                    Optional.empty()));
  }

  private static void forward(Exchange exchange, Found found, Ask ask, Asked asked) {
    entered(exchange, found, visit(ask, asked), Optional.empty());
  }

  private static Visit visit(Ask ask, Asked asked) {
    return new Visit(
        ask.id(),
        ask.role().endless(),
        (talking, client) -> Forwarding.begin(talking, client, ask, asked));
  }

  /** In the newer era nobody has to know that a conversation ends: the next one begins. */
  private void forward(Exchange exchange, BearerToken token, Posted posted, Ask ask, Asked asked)
      throws RefusedMessageException {
    if (!posted.revision().modern()) {
      forward(exchange, named(exchange, token), ask, asked);
      return;
    }
    Runnable anew =
        () ->
            exchange
                .loop()
                .execute(
                    () -> orRefused(exchange, () -> forward(exchange, token, posted, ask, asked)));
    entered(
        exchange,
        conversations.of(exchange, token, software(posted.clientInfo()), posted.revision()),
        visit(ask, asked),
        Optional.of(anew));
  }

  private void answered(Exchange exchange, BearerToken token, Optional<RequestId> id, Bytes body)
      throws RefusedMessageException {
    if (id.isEmpty()) {
      throw new RefusedMessageException(
          ErrorCode.INVALID_REQUEST, "an answer needs the id of what it answers", id);
    }
    Headers headers = exchange.head().headers();
    Visit visit =
        new Visit(
            Optional.empty(),
            false,
            (talking, client) -> ClientAnswer.begin(talking, client, id.get(), headers, body));
    entered(exchange, named(exchange, token), visit, Optional.empty());
  }

  /**
   * What is done in a conversation once its caller is known.
   *
   * @param id of the request that is answered if that is not to be
   * @param endless whether it is over only when somebody ends it
   */
  private record Visit(
      Optional<RequestId> id, boolean endless, BiConsumer<Conversation, Client> then) {}

  /**
   * On the conversation's loop, once its caller is known; or with the reason why not.
   *
   * @param anew what to do instead if it has ended meanwhile
   */
  private static void entered(
      Exchange exchange, Found found, Visit visit, Optional<Runnable> anew) {
    switch (found) {
      case Found.One(Conversation conversation) -> enter(exchange, conversation, visit, anew);
      case Found.Full(Limit limit) ->
          answer(exchange, 429, GateErrors.error(visit.id(), Refusals.full(limit)));
    }
  }

  private static void enter(
      Exchange exchange, Conversation conversation, Visit visit, Optional<Runnable> anew) {
    Client client = new Client(exchange, conversation.loop());
    conversation.onLoop(
        () -> {
          if (conversation.hasEnded() && anew.isPresent()) {
            anew.get().run();
          } else {
            conversation.whenEntered(
                visit.endless(), verdict -> told(exchange, conversation, client, visit, verdict));
          }
        });
  }

  private static void told(
      Exchange exchange,
      Conversation conversation,
      Client client,
      Visit visit,
      TokenLogin.Verdict verdict) {
    switch (verdict) {
      case TokenLogin.Verdict.In _ ->
          conversation.guarded(() -> visit.then().accept(conversation, client));
      case TokenLogin.Verdict.Denied _ -> exchange.loop().execute(() -> denied(exchange));
      case TokenLogin.Verdict.Refused(Refusal refusal, _) ->
          client.answer(
              GateErrors.status(refusal), GateErrors.JSON, GateErrors.error(visit.id(), refusal));
    }
  }

  private static void denied(Exchange exchange) {
    challenge(
        exchange,
        exchange
            .place()
            .resource()
            .map(resource -> Challenge.invalid(resource, "the token is not taken here")),
        "the token is not taken here: get a new one");
  }
}

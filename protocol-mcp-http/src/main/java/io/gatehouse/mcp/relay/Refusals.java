package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.upstream.Failure;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.net.Limit;

/** What is refused here, in words. */
final class Refusals {
  static final Refusal CANCELLED =
      Refusal.of(Refusal.Kind.KILLED, "the call was ended before its answer")
          .withDetail("By an operator, or by the time that a rule gives it.");

  static final Refusal GONE =
      Refusal.of(Refusal.Kind.KILLED, "the session has ended").withHint("Begin a new one.");

  static final Refusal FAULT = Refusal.of(Refusal.Kind.INTERNAL, "the gateway failed");

  static final Refusal SHUTTING_DOWN =
      Refusal.of(Refusal.Kind.UNAVAILABLE, "the gateway is shutting down");

  static final Refusal TOO_LARGE =
      Refusal.of(Refusal.Kind.LIMIT, "the answer is larger than the policy allows")
          .withHint("Ask for less at once.");

  static final Refusal TOO_MANY_CALLS =
      limit("too much is under way at once in this session", Limit.MCP_CALLS)
          .withHint("Wait for answers before asking more.");

  static final Refusal TOO_MANY_ANSWERS =
      limit("too many answers are under way at once", Limit.ANSWER_BYTES_TOTAL)
          .withHint("Try again later.");

  /** For servers. */
  static final Refusal NO_MORE_ASKED =
      Refusal.of(
          Refusal.Kind.WITHDRAWN, "nobody answers this: the stream that it was asked in has ended");

  private Refusals() {}

  /** There is no place for one more session. */
  static Refusal full(Limit limit) {
    return limit == Limit.MCP_CONVERSATIONS_PER_TOKEN
        ? limit("this token has too many sessions", limit)
            .withHint("End some by DELETE, or wait until they have been idle for long enough.")
        : limit("there are too many sessions", limit).withHint("Try again later.");
  }

  static Refusal limit(String message, Limit limit) {
    return Refusal.of(Refusal.Kind.LIMIT, message).withDetail("Limit: " + limit.key() + ".");
  }

  /** What a server does wrong is for the operator to find. */
  static Refusal server(String message) {
    return Refusal.of(Refusal.Kind.UNAVAILABLE, message)
        .withHint("Try again; if it stays so, the operator of this gate finds why in its log.");
  }

  static Refusal server(Failure kind) {
    return server(
        switch (kind) {
          case UNREACHABLE -> "the server cannot be reached";
          case BUSY -> "the gateway has too many connections to the server";
          case CREDENTIAL -> "the gateway has no credential that the server takes";
          case CLOSED -> "the server closed the connection before it answered";
          case VIOLATED_PROTOCOL -> "the server sent what is no answer";
          case TOO_SLOW -> "the server did not answer in time";
        });
  }
}

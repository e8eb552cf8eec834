package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.rpc.ErrorCode;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stream goes on with.
 *
 * @param call whose stream was left; null of one of its own
 * @param event the last that the client saw of it, by the server's id; empty if it is to begin anew
 * @param bygone the plans of what has ended since that event, of a stream that is for no request
 */
record Resumption(@Nullable Forwarding call, String event, List<Passing> bygone) {
  static final Resumption NONE = new Resumption(null, "", List.of());

  private static final String HEADER = "last-event-id";

  /**
   * What that request asks for.
   *
   * @throws RefusedMessageException if the id is none of here, or of a call that has no stream to
   *     go on with. Not 404, by which clients would take the session for ended
   */
  static Resumption of(Ask ask, Conversation conversation) throws RefusedMessageException {
    String id = ask.headers().first(HEADER).orElse("");
    if (ask.role() != Ask.Role.LISTEN || id.isEmpty()) {
      return NONE;
    }
    EventIds.Mark mark =
        conversation
            .eventIds()
            .open(id)
            .orElseThrow(() -> refused("Last-Event-ID is of no event of this session"));
    if (mark.call() == 0) {
      // A stream that is for no request goes on all the same, with what is said from now on.
      return conversation
          .bygone()
          .since(mark.plans())
          .map(bygone -> new Resumption(null, mark.server(), bygone))
          .orElse(NONE);
    }
    String why =
        conversation.underWay(mark.call())
            ? "the stream that Last-Event-ID is of is still open"
            : "the call that Last-Event-ID is of has ended";
    Forwarding left = conversation.leftOpen().take(mark.call()).orElseThrow(() -> refused(why));
    return new Resumption(left, mark.server(), List.of());
  }

  private static RefusedMessageException refused(String why) {
    return new RefusedMessageException(
        ErrorCode.INVALID_REQUEST, why + ": listen without it, or ask again", Optional.empty());
  }

  /** What the server is told. */
  Headers headers() {
    return event.isEmpty() ? Headers.NONE : Headers.of(HEADER, wire(event));
  }

  /** Whether a server can be told so in a header. */
  static boolean tellable(String event) {
    return event.chars().allMatch(c -> c >= ' ' && c != 0x7F);
  }

  private static String wire(String event) {
    return new String(event.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}

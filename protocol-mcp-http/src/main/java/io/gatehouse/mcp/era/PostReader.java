package io.gatehouse.mcp.era;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.rpc.Batch;
import io.gatehouse.mcp.rpc.ErrorCode;
import io.gatehouse.mcp.rpc.Failure;
import io.gatehouse.mcp.rpc.Message;
import io.gatehouse.mcp.rpc.MessageReader;
import io.gatehouse.mcp.rpc.MirroredHeaders;
import io.gatehouse.mcp.rpc.Notification;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.Request;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.rpc.RequestMeta;
import io.gatehouse.mcp.rpc.Result;
import io.gatehouse.mcp.rpc.Revision;
import io.gatehouse.spi.json.JsonLimits;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what is posted, by the rules of the era that it is of. Immutable. */
public final class PostReader {
  private static final List<Revision> MODERN = List.of(Revision.V2026_07_28);
  private static final String VERSION = MirroredHeaders.VERSION.toLowerCase(Locale.ROOT);

  private final MessageReader reader;

  public PostReader(JsonLimits limits) {
    reader = new MessageReader(limits, 1);
  }

  /**
   * @param body kept, and not to be changed any more
   */
  public Posted read(Headers headers, byte[] body) throws RefusedMessageException {
    Message.Single message = single(reader.read(body, false));
    Optional<Revision> said = headers.first(VERSION).flatMap(Revision::find);
    return said.filter(Revision::modern).isPresent() || claimed(message)
        ? modern(headers, message)
        : new Posted(legacy(headers), message, Optional.empty());
  }

  private static Message.Single single(Message message) throws RefusedMessageException {
    return switch (message) {
      case Message.Single one -> one;
      case Batch _ -> throw invalid("one message is posted at a time", Optional.empty());
    };
  }

  private static boolean claimed(Message.Single message) {
    return message instanceof Request request && RequestMeta.claimed(request.params());
  }

  private static Posted modern(Headers headers, Message.Single message)
      throws RefusedMessageException {
    MirroredHeaders mirrored =
        new MirroredHeaders(
            headers.all(VERSION),
            headers.all(MirroredHeaders.METHOD.toLowerCase(Locale.ROOT)),
            headers.all(MirroredHeaders.NAME.toLowerCase(Locale.ROOT)));
    return switch (message) {
      case Request request -> {
        RequestMeta meta = RequestMeta.read(request);
        mirrored.requireSame(request, meta);
        Revision revision = meta.revision(request, MODERN);
        yield new Posted(revision, request, meta.clientInfo());
      }
      case Notification notification -> {
        mirrored.requireSame(notification);
        yield new Posted(MODERN.getFirst(), notification, Optional.empty());
      }
      case Result _, Failure _ ->
          throw invalid("clients answer nothing in this revision", Optional.empty());
    };
  }

  /** The revision that a request of the older era is of, by its headers. */
  public static Revision legacy(Headers headers) throws RefusedMessageException {
    Optional<String> version = headers.first(VERSION);
    if (version.isEmpty()) {
      return Revision.UNNAMED;
    }
    return Revision.find(version.get())
        .filter(revision -> !revision.modern())
        .orElseThrow(
            () -> invalid(MirroredHeaders.VERSION + " is of no such revision", Optional.empty()));
  }

  private static RefusedMessageException invalid(String message, Optional<RequestId> id) {
    return new RefusedMessageException(ErrorCode.INVALID_REQUEST, message, id);
  }
}

package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.upstream.Ear;
import io.gatehouse.mcp.upstream.Failure;
import io.gatehouse.spi.OutcomeKind;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client answers a server, on its way there. What was asked is under way until the server
 * has taken it. On the conversation's event loop.
 */
final class ClientAnswer implements Ear {
  private static final byte[] NOTHING = {};

  private final Conversation conversation;
  private final Client client;
  private final Call call;
  private int status = 502;

  private ClientAnswer(Conversation conversation, Client client, Call call) {
    this.conversation = conversation;
    this.client = client;
    this.call = call;
  }

  static void begin(
      Conversation conversation, Client client, RequestId id, Headers headers, Bytes body) {
    try {
      Call call = conversation.answers(id);
      ClientAnswer answer = new ClientAnswer(conversation, client, call);
      boolean asked = false;
      try {
        call.recordFromClient(body);
        conversation.ask("POST", headers, Headers.NONE, body, answer);
        asked = true;
      } finally {
        if (!asked) {
          answer.refused();
        }
      }
    } catch (RefusedMessageException e) {
      client.answer(e.code().httpStatus(), GateErrors.JSON, GateErrors.error(e));
    }
  }

  @Override
  public void head(int answered, Headers headers) {
    status = answered;
  }

  @Override
  public void part(ByteBuf part) {
    part.release();
  }

  @Override
  public void end() {
    boolean taken = status >= 200 && status < 300;
    if (taken) {
      client.answer(202, Headers.NONE, NOTHING);
      over(OutcomeKind.SUCCEEDED, Optional.empty());
    } else {
      refused();
      over(OutcomeKind.FAILED, Optional.of("http " + status));
    }
  }

  @Override
  public void failed(Failure kind, String message) {
    refused();
    over(OutcomeKind.FAILED, Optional.of(kind.name().toLowerCase(Locale.ROOT)));
  }

  private void refused() {
    client.answer(
        502,
        GateErrors.JSON,
        GateErrors.error(Optional.empty(), Refusals.server("the server did not take it")));
  }

  private void over(OutcomeKind kind, Optional<String> code) {
    conversation.guarded(() -> call.end(kind, code.orElse(null)));
  }
}

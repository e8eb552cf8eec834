package io.gatehouse.mcp.relay;

import io.gatehouse.mcp.frame.Headers;
import io.gatehouse.mcp.rpc.RefusedMessageException;
import io.gatehouse.mcp.rpc.RequestId;
import io.gatehouse.mcp.upstream.Ear;
import io.gatehouse.mcp.upstream.Failure;
import io.gatehouse.spi.OutcomeKind;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** What a client answers a server, on its way there. On the conversation's event loop. */
final class ClientAnswer implements Ear {
  private static final byte[] NOTHING = {};

  private final Client client;
  private int status = 502;

  private ClientAnswer(Client client) {
    this.client = client;
  }

  static void begin(
      Conversation conversation, Client client, RequestId id, Headers headers, Bytes body) {
    try {
      Call call = conversation.answers(id);
      ClientAnswer answer = new ClientAnswer(client);
      boolean asked = false;
      try {
        call.recordFromClient(body);
        conversation.ask("POST", headers, Headers.NONE, body, answer);
        asked = true;
      } finally {
        if (!asked) {
          answer.failed(Failure.CLOSED, "");
        }
      }
      call.end(OutcomeKind.SUCCEEDED, null);
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
    } else {
      failed(Failure.CLOSED, "");
    }
  }

  @Override
  public void failed(Failure kind, String message) {
    client.answer(
        502,
        GateErrors.JSON,
        GateErrors.error(Optional.empty(), Refusals.server("the server did not take it")));
  }
}

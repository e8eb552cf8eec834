package io.gatehouse.postgres.login;

import io.gatehouse.postgres.SessionHandle;
import io.gatehouse.postgres.cancel.CancelDesk;
import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.relay.RelayHandlers;
import io.gatehouse.postgres.relay.Session;
import io.gatehouse.postgres.upstream.ServerConnection;
import io.gatehouse.spi.GateSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** From a finished login to a session at work. On the client's event loop. */
record Handover(Reception reception, GateSession gate, SessionHandle handle) {

  /**
   * The client is told what the server said of itself, with a cancel key of ours. What it sent
   * ahead reaches the relay when the login's handler leaves the pipeline.
   */
  void relay(ChannelHandlerContext client, ServerConnection server, int minor) {
    gate.connected(
        server.upstream().credential().user(), Integer.toUnsignedString(server.processId()));
    Session session = new Session(client.channel(), server, gate, reception);
    handle.relaying(session);
    CancelDesk.Ticket ticket = reception.cancels().register(server.processId(), minor, handle);
    reception.started(session, handle, ticket);
    ByteBuf greeting = client.alloc().buffer();
    new AuthenticationOk().encode(greeting);
    greeting.writeBytes(server.greeting());
    new BackendKeyData(server.processId(), ticket.key()).encode(greeting);
    new ReadyForQuery((byte) 'I').encode(greeting);
    server.channel().pipeline().addLast(RelayHandlers.server(session));
    session.begin();
    client.writeAndFlush(greeting);
    server.channel().config().setAutoRead(true);
    client.pipeline().addLast(RelayHandlers.client(session));
  }
}

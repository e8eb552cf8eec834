package io.gatehouse.mysql.relay;

import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.net.Meters;
import io.gatehouse.spi.net.Parting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * The two channels of a session: what is written in one turn of the loop is flushed once, and each
 * side is read only as fast as the other takes it. Owned by the session's event loop; takes over
 * what it is given to write.
 */
final class Duplex {
  private final Channel client;
  private final Channel server;
  private final Limits limits;
  private final Meters meters;
  private boolean closing;

  /** Whether what comes from there has to wait until more can be put on record. */
  private boolean serverWaits;

  private boolean clientWaits;

  Duplex(Channel client, Channel server, Limits limits, Meters meters) {
    this.client = client;
    this.server = server;
    this.limits = limits;
    this.meters = meters;
  }

  Channel client() {
    return client;
  }

  Channel server() {
    return server;
  }

  void writeClient(ByteBuf bytes) {
    if (closing) {
      bytes.release();
    } else {
      meters.serverToClient(bytes.readableBytes());
      client.write(bytes, client.voidPromise());
    }
  }

  void writeServer(ByteBuf bytes) {
    if (closing) {
      bytes.release();
    } else {
      meters.clientToServer(bytes.readableBytes());
      server.write(bytes, server.voidPromise());
    }
  }

  void flush() {
    server.flush();
    client.flush();
  }

  /**
   * @param held whether what the client sends has to wait
   */
  void updateReading(boolean held) {
    if (!closing) {
      server.config().setAutoRead(client.isWritable() && !serverWaits);
      client.config().setAutoRead(server.isWritable() && !held && !clientWaits);
    }
  }

  /** Not one read more. */
  void serverMustWait() {
    serverWaits = true;
    server.config().setAutoRead(false);
  }

  /** The same of the client, which sends a file. */
  void clientMustWait() {
    clientWaits = true;
    client.config().setAutoRead(false);
  }

  /** From the next update on. */
  void mayGoOn() {
    serverWaits = false;
    clientWaits = false;
  }

  /** Nothing more is written; what was is sent, if the peers take it in time. */
  void close() {
    if (!closing) {
      closeServer();
      Parting.from(client, limits, meters);
    }
  }

  /** The same of the server; the client is another's from now on. */
  void closeServer() {
    closing = true;
    Parting.from(server, limits, meters);
    client.config().setAutoRead(true);
  }
}

package io.gatehouse.postgres.relay;

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
  private final Surroundings surroundings;
  private boolean clientDirty;
  private boolean serverDirty;
  private boolean clientClosing;
  private boolean serverClosing;
  private long stalledSince;

  /** Whether what comes from there has to wait until more can be put on record. */
  private boolean clientWaits;

  private boolean serverWaits;

  Duplex(Channel client, Channel server, Surroundings surroundings) {
    this.client = client;
    this.server = server;
    this.surroundings = surroundings;
  }

  void writeClient(ByteBuf bytes) {
    if (clientClosing) {
      bytes.release();
    } else {
      clientDirty = true;
      client.write(bytes, client.voidPromise());
    }
  }

  void writeServer(ByteBuf bytes) {
    if (serverClosing) {
      bytes.release();
    } else {
      serverDirty = true;
      server.write(bytes, server.voidPromise());
    }
  }

  void flush() {
    if (serverDirty) {
      serverDirty = false;
      server.flush();
    }
    if (clientDirty) {
      clientDirty = false;
      client.flush();
    }
  }

  /**
   * @param congested whether the client's side holds more than it can send on
   */
  void updateReading(boolean congested) {
    boolean clientWritable = client.isWritable();
    if (clientWritable) {
      stalledSince = 0;
    } else if (stalledSince == 0) {
      stalledSince = System.nanoTime();
    }
    server.config().setAutoRead(clientWritable && !serverWaits);
    client.config().setAutoRead(server.isWritable() && !congested && !clientWaits);
  }

  /** Not one read more. */
  void serverMustWait() {
    serverWaits = true;
    server.config().setAutoRead(false);
  }

  void clientMustWait() {
    clientWaits = true;
    client.config().setAutoRead(false);
  }

  /** From the next update on. */
  void mayGoOn() {
    clientWaits = false;
    serverWaits = false;
  }

  /** For how long the client has not taken anything. */
  long stalledNanos(long now) {
    return stalledSince == 0 ? 0 : now - stalledSince;
  }

  void closeClientAfterWriting() {
    clientClosing = true;
    Parting.from(client, surroundings.limits(), surroundings.meters());
  }

  void closeServerAfterWriting() {
    clientClosing = true;
    serverClosing = true;
    Parting.from(server, surroundings.limits(), surroundings.meters());
  }
}

package io.gatehouse.spi.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * The two channels of a session: what is written in one turn of the loop is flushed once, and each
 * side is read only as fast as the other takes it. Owned by the session's event loop; takes over
 * what it is given to write.
 */
public final class Duplex {
  private final Channel client;
  private final Channel server;
  private final Limits limits;
  private final Meters meters;
  private boolean clientDirty;
  private boolean serverDirty;
  private boolean clientClosing;
  private boolean serverClosing;
  private long stalledSince;

  /** Whether what comes from there has to wait until more can be put on record. */
  private boolean clientWaits;

  private boolean serverWaits;

  public Duplex(Channel client, Channel server, Limits limits, Meters meters) {
    this.client = client;
    this.server = server;
    this.limits = limits;
    this.meters = meters;
  }

  public Channel client() {
    return client;
  }

  public Channel server() {
    return server;
  }

  public void writeClient(ByteBuf bytes) {
    if (clientClosing) {
      bytes.release();
    } else {
      clientDirty = true;
      client.write(bytes, client.voidPromise());
    }
  }

  public void writeServer(ByteBuf bytes) {
    if (serverClosing) {
      bytes.release();
    } else {
      serverDirty = true;
      server.write(bytes, server.voidPromise());
    }
  }

  public void flush() {
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
   * @param held whether what the client sends has to wait
   */
  public void updateReading(boolean held) {
    if (serverClosing) {
      return;
    }
    boolean clientWritable = client.isWritable();
    if (clientWritable) {
      stalledSince = 0;
    } else if (stalledSince == 0) {
      stalledSince = System.nanoTime();
    }
    server.config().setAutoRead(clientWritable && !serverWaits);
    client.config().setAutoRead(server.isWritable() && !held && !clientWaits);
  }

  /** Not one read more. */
  public void serverMustWait() {
    serverWaits = true;
    server.config().setAutoRead(false);
  }

  /** The same of the client, which sends a file or the data of a copy. */
  public void clientMustWait() {
    clientWaits = true;
    client.config().setAutoRead(false);
  }

  /** From the next update on. */
  public void mayGoOn() {
    clientWaits = false;
    serverWaits = false;
  }

  /** For how long the client has not taken anything. */
  public long stalledNanos(long now) {
    return stalledSince == 0 ? 0 : now - stalledSince;
  }

  /** Nothing more is written to the client; what was is sent, if it takes that in time. */
  public void closeClientAfterWriting() {
    clientClosing = true;
    Parting.from(client, limits, meters);
  }

  /** The same of the server, without which the client is told nothing more either. */
  public void closeServerAfterWriting() {
    clientClosing = true;
    serverClosing = true;
    Parting.from(server, limits, meters);
  }
}

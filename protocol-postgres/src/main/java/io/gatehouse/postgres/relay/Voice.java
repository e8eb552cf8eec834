package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.message.BackendMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What the gate itself says to the client, in between the frames that it relays. Owned by the
 * session's event loop; takes over what it is given to say.
 */
final class Voice {
  private final Channel client;
  private final ServerFlow relayed;
  private final Duplex duplex;
  private @Nullable ByteBuf later;

  Voice(Channel client, ServerFlow relayed, Duplex duplex) {
    this.client = client;
    this.relayed = relayed;
    this.duplex = duplex;
  }

  ByteBuf encoded(BackendMessage message) {
    ByteBuf out = client.alloc().buffer();
    message.encode(out);
    return out;
  }

  /** Says it after the frame that is under way. */
  void tell(ByteBuf message) {
    if (relayed.atBoundary()) {
      relayed.tell(message);
    } else {
      later = later == null ? message : Unpooled.wrappedBuffer(later, message);
    }
  }

  /** Says it now or never. */
  void tellAtOnce(BackendMessage message) {
    if (relayed.atBoundary()) {
      relayed.tell(encoded(message));
    }
  }

  /** More was relayed. */
  void goOn() {
    if (later != null && relayed.atBoundary()) {
      ByteBuf message = later;
      later = null;
      duplex.writeClient(message);
    }
  }

  void end() {
    if (later != null) {
      later.release();
      later = null;
    }
  }
}

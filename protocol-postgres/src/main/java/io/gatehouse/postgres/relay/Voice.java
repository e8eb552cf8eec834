package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.GateErrors;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.NoticeResponse;
import io.gatehouse.spi.ResultRecord.Unrecorded;
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
  private final Outlet outlet;
  private @Nullable ByteBuf later;

  Voice(Channel client, ServerFlow relayed, Outlet outlet) {
    this.client = client;
    this.relayed = relayed;
    this.outlet = outlet;
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

  void notice(String message) {
    tell(encoded(NoticeResponse.of("NOTICE", "00000", message.replace('\0', ' '))));
  }

  /** Says it now or never. */
  void tellAtOnce(BackendMessage message) {
    try {
      relayed.cut();
      say(message);
    } catch (Unrecorded e) {
      tellUnrecorded(e);
    }
  }

  private void say(BackendMessage message) {
    if (outlet.atBoundary()) {
      outlet.write(encoded(message), true);
    }
  }

  /** Instead of what cannot be put on record, which is not sent. */
  private void tellUnrecorded(Unrecorded e) {
    outlet.drop();
    say(GateErrors.fatal(e.refusal()));
  }

  /** Nothing more is said. */
  void falls() {
    try {
      outlet.settle();
    } catch (Unrecorded e) {
      tellUnrecorded(e);
    }
  }

  /** More was relayed. */
  void goOn() {
    if (later != null && relayed.atBoundary()) {
      ByteBuf message = later;
      later = null;
      outlet.write(message, true);
    }
  }

  void end() {
    if (later != null) {
      later.release();
      later = null;
    }
  }
}

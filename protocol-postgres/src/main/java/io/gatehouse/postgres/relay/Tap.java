package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.frame.FrameReader;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Unrecorded;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Says of what comes from the server to which command's record it belongs: all that is sent on
 * while the command is at the head of what is owed, but for ReadyForQuery. Owned by the session's
 * event loop.
 */
final class Tap {
  private final FrameReader reader;
  private final PendingReplies replies;
  private final Outlet outlet;

  /** The message at hand, if it is seen whole. */
  private ByteBuf message = Unpooled.EMPTY_BUFFER;

  private int start;
  private int length;

  Tap(FrameReader reader, PendingReplies replies, Outlet outlet) {
    this.reader = reader;
    this.replies = replies;
    this.outlet = outlet;
  }

  /** A message begins. */
  void begins() {
    if (outlet.records()) {
      belongsTo(
          replies.headDetail() instanceof Execution execution
              ? execution.run().record()
              : ResultRecord.NONE);
    }
  }

  /** Whose the message at hand is, and what comes with it. */
  void belongsTo(ResultRecord record) {
    if (!record.equals(outlet.record())) {
      reader.cut();
      outlet.record(record);
    }
  }

  /** The message at hand is all there. */
  void whole(ByteBuf input, int body, int bodyLength) {
    message = input;
    start = body - FrameReader.HEADER_BYTES;
    length = bodyLength + FrameReader.HEADER_BYTES;
  }

  /** The message at hand is the last of its command, and must be on record before that ends. */
  Step passNow() {
    if (outlet.record().equals(ResultRecord.NONE)) {
      return Step.PASS;
    }
    reader.cut();
    outlet.write(message.retainedSlice(start, length), true);
    return Step.DROP;
  }

  /**
   * A command has ended, with what was before the message at hand.
   *
   * @return why that is not on record, null if it is
   */
  @Nullable Unrecorded ended(ResultRecord record) {
    if (record.equals(ResultRecord.NONE)) {
      return null;
    }
    try {
      reader.cut();
      outlet.end(record);
      return null;
    } catch (Unrecorded e) {
      return e;
    }
  }
}

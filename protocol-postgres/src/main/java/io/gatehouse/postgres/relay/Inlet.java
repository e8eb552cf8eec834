package io.gatehouse.postgres.relay;

import io.gatehouse.postgres.message.FrontendType;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultRecord.Direction;
import io.gatehouse.spi.net.Duplex;
import io.netty.buffer.ByteBuf;

/**
 * What a client sends for a command that runs already, the data of a bulk copy: it goes on when it
 * is on record. Owned by the session's event loop.
 */
final class Inlet {
  private final Duplex duplex;
  private final Runnable goOn;

  /** Of the command that was forwarded last, until it has ended. */
  private ResultRecord running = ResultRecord.NONE;

  /** Of the messages at hand. */
  private ResultRecord record = ResultRecord.NONE;

  Inlet(Duplex duplex, Runnable goOn) {
    this.duplex = duplex;
    this.goOn = goOn;
  }

  void forwarded(ResultRecord newRunning) {
    running = newRunning;
  }

  void ended(ResultRecord ended) {
    running = running.equals(ended) ? ResultRecord.NONE : running;
    record = record.equals(ended) ? ResultRecord.NONE : record;
  }

  /** Where a message is put on record. */
  ResultRecord of(byte type) {
    return switch (type) {
      case FrontendType.COPY_DATA, FrontendType.COPY_DONE, FrontendType.COPY_FAIL -> running;
      default -> ResultRecord.NONE;
    };
  }

  /** Of the messages that come now. */
  ResultRecord record() {
    return record;
  }

  void record(ResultRecord next) {
    record = next;
  }

  /** Puts on record what is to be forwarded, where it has to be. */
  void put(ByteBuf run) {
    if (!record.equals(ResultRecord.NONE) && !record.add(Direction.FROM_CLIENT, run, false, goOn)) {
      duplex.clientMustWait();
    }
  }
}

package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.journal.SessionJournal;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.spi.ResultRecord;
import io.netty.buffer.ByteBuf;

/**
 * Puts what a caller gets for one command into the session's journal, in parts that answer its
 * intent. Owned by the session's event loop.
 */
final class RecordedResult implements ResultRecord {
  /** The longest part; its record is as much longer as its head is. */
  static final int MOST_BYTES = 64 << 10;

  private final SessionJournal journal;
  private final long intent;
  private final String retention;
  private int parts;

  /**
   * @param intent the sequence of the record that says what was to run
   * @param retention the class of all records of the command
   */
  RecordedResult(SessionJournal journal, long intent, String retention) {
    this.journal = journal;
    this.intent = intent;
    this.retention = retention;
  }

  @Override
  public boolean add(Direction direction, ByteBuf bytes, boolean last, Runnable goOn) {
    boolean nothing = !bytes.isReadable() && parts == 0;
    try {
      if (!nothing && (last || bytes.isReadable())) {
        append(direction == Direction.FROM_CLIENT, bytes, last);
      }
    } catch (JournalStopped e) {
      throw new Unrecorded(Refusals.cutOff(String.valueOf(e.getMessage())));
    }
    boolean crowded = !last && journal.crowded();
    if (crowded) {
      journal.whenRoom(goOn);
    }
    return !crowded;
  }

  private void append(boolean fromCaller, ByteBuf bytes, boolean last) throws JournalStopped {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    do {
      int length = Math.min(MOST_BYTES, end - at);
      boolean lastOne = last && at + length == end;
      journal.append(
          new CommandRecord.Result(parts, lastOne, bytes.slice(at, length), fromCaller),
          intent,
          retention);
      parts++;
      at += length;
    } while (at < end);
  }
}

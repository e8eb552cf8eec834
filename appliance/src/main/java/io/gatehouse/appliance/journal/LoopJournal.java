package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.key.Cover;
import io.gatehouse.appliance.journal.record.CborWriter;
import io.gatehouse.appliance.journal.record.CommandRecord;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Receipt;
import io.gatehouse.appliance.journal.tail.TailWriter;
import java.util.UUID;

/** What one event loop writes records with. Owned by that loop. */
final class LoopJournal {
  private static final int PART = TailWriter.MOST_PAYLOAD;

  /** More than is around a payload in a file. */
  private static final int AROUND = 256;

  private final TailWriter tail;
  private final CborWriter cbor = new CborWriter();

  LoopJournal(TailWriter tail) {
    this.tail = tail;
  }

  long append(JournalRecord one, UUID session, Cover cover, long answers) throws JournalStopped {
    one.write(cbor);
    if (cbor.length() > PART) {
      return appendLong(one, session, cover, answers);
    }
    return tail.append(one.kind(), session, cover, answers, cbor.array(), 0, cbor.length());
  }

  /** All of it goes first, in parts; then the record without what made it long. */
  private long appendLong(JournalRecord one, UUID session, Cover cover, long answers)
      throws JournalStopped {
    int length = cbor.length();
    if (!(one instanceof CommandRecord.CommandIntent intent)) {
      throw tail.noRoom(length);
    }
    int parts = (length + PART - 1) / PART;
    CommandRecord.CommandIntent last = intent.shortened(parts);
    last.write(cbor);
    if (cbor.length() > PART) {
      throw tail.noRoom(length);
    }
    tail.requireRoom(length + cbor.length() + (parts + 1) * AROUND);
    one.write(cbor);
    for (int at = 0; at < length; at += PART) {
      int next = Math.min(PART, length - at);
      tail.append(Kind.PART, session, cover, SessionJournal.NOTHING, cbor.array(), at, next);
    }
    last.write(cbor);
    return tail.append(last.kind(), session, cover, answers, cbor.array(), 0, cbor.length());
  }

  boolean crowded() {
    return tail.crowded();
  }

  void whenRoom(Runnable task) {
    tail.whenRoom(task);
  }

  void whenDurable(long sequence, Receipt receipt) {
    tail.whenDurable(sequence, receipt);
  }
}

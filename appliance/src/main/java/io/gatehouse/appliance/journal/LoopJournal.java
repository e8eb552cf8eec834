package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.key.Cover;
import io.gatehouse.appliance.journal.record.CborWriter;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Receipt;
import io.gatehouse.appliance.journal.tail.TailWriter;
import java.util.UUID;

/** What one event loop writes records with. Owned by that loop. */
final class LoopJournal {
  /** The most that is one payload. */
  private static final int PART = 1 << 20;

  /** More than is around a payload in a file. */
  private static final int AROUND = 256;

  private final TailWriter tail;
  private final CborWriter cbor = new CborWriter();

  LoopJournal(TailWriter tail) {
    this.tail = tail;
  }

  /** Of a long record the beginning goes first, in parts. */
  long append(JournalRecord one, UUID session, Cover cover, long answers) throws JournalStopped {
    one.write(cbor);
    int at = 0;
    if (cbor.length() > PART) {
      tail.requireRoom(cbor.length() + cbor.length() / PART * AROUND);
    }
    while (cbor.length() - at > PART) {
      tail.append(Kind.PART, session, cover, SessionJournal.NOTHING, cbor.array(), at, PART);
      at += PART;
    }
    return tail.append(one.kind(), session, cover, answers, cbor.array(), at, cbor.length() - at);
  }

  void whenDurable(long sequence, Receipt receipt) {
    tail.whenDurable(sequence, receipt);
  }
}

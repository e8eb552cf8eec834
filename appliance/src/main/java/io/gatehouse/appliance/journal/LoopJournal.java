package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.key.Cover;
import io.gatehouse.appliance.journal.record.CborWriter;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Receipt;
import io.gatehouse.appliance.journal.tail.TailWriter;
import java.util.UUID;

/** What one event loop writes records with. Owned by that loop. */
final class LoopJournal {
  private final TailWriter tail;
  private final CborWriter cbor = new CborWriter();

  LoopJournal(TailWriter tail) {
    this.tail = tail;
  }

  long append(JournalRecord one, UUID session, Cover cover, long answers) throws JournalStopped {
    one.write(cbor);
    return tail.append(one.kind(), session, cover, answers, cbor.array(), 0, cbor.length());
  }

  void whenDurable(long sequence, Receipt receipt) {
    tail.whenDurable(sequence, receipt);
  }
}

package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Receipt;
import java.util.UUID;

/**
 * One session's records, under a key of its own. Owned by the session's event loop; closed when the
 * last of them is written.
 */
public final class SessionJournal implements AutoCloseable {
  /** It answers no other record. */
  public static final long NOTHING = -1;

  private final LoopJournal loop;
  private final UUID session;
  private final DataKey key;

  SessionJournal(LoopJournal loop, UUID session, DataKey key) {
    this.loop = loop;
    this.session = session;
    this.key = key;
  }

  /**
   * Writes a record. When this returns it outlives the process.
   *
   * @param answers the sequence of what this completes, or {@link #NOTHING}
   * @return its sequence
   * @throws JournalStopped if it was not written, and what it is about must not happen; {@code
   *     NoRoom} if only this one is too long
   */
  public long append(JournalRecord one, long answers) throws JournalStopped {
    return loop.append(one, session, key, answers);
  }

  /** Tells when a record is as safe as the journal promises; it may do so before it returns. */
  public void whenDurable(long sequence, Receipt receipt) {
    loop.whenDurable(sequence, receipt);
  }

  @Override
  public void close() {
    key.close();
  }
}

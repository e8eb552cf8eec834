package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.appliance.journal.tail.JournalStopped;
import io.gatehouse.appliance.journal.tail.Receipt;
import java.util.Map;
import java.util.UUID;

/**
 * One session's records, under a key of its own for each retention class. Owned by the session's
 * event loop; closed when the last of them is written.
 */
public final class SessionJournal implements AutoCloseable {
  /** It answers no other record. */
  public static final long NOTHING = -1;

  private final LoopJournal loop;
  private final UUID session;
  private final DataKey standard;
  private final Map<String, DataKey> keys;

  SessionJournal(LoopJournal loop, UUID session, DataKey standard, Map<String, DataKey> keys) {
    this.loop = loop;
    this.session = session;
    this.standard = standard;
    this.keys = Map.copyOf(keys);
  }

  /** As rows name it. */
  public UUID id() {
    return session;
  }

  /** Whether there is a retention class of that name; no name is the default one. */
  public boolean keeps(String retention) {
    return retention.isEmpty() || keys.containsKey(retention);
  }

  /** The same in the default class. */
  public long append(JournalRecord one, long answers) throws JournalStopped {
    return append(one, answers, "");
  }

  /**
   * Writes a record. When this returns it outlives the process.
   *
   * @param answers the sequence of what this completes, or {@link #NOTHING}
   * @param retention the name of its class, which {@link #keeps} knows; empty for the default one
   * @return its sequence
   * @throws JournalStopped if it was not written, and what it is about must not happen; {@code
   *     NoRoom} if only this one is too long
   */
  public long append(JournalRecord one, long answers, String retention) throws JournalStopped {
    DataKey key = retention.isEmpty() ? standard : keys.get(retention);
    if (key == null) {
      throw new IllegalArgumentException("no retention class " + retention);
    }
    return loop.append(one, session, key, answers);
  }

  /** Tells when a record is as safe as the journal promises; it may do so before it returns. */
  public void whenDurable(long sequence, Receipt receipt) {
    loop.whenDurable(sequence, receipt);
  }

  /** Whether what can wait should wait; results can. */
  public boolean crowded() {
    return loop.crowded();
  }

  /** Runs it on the event loop, once, when what waits may go on or learns that it cannot. */
  public void whenRoom(Runnable task) {
    loop.whenRoom(task);
  }

  @Override
  public void close() {
    keys.values().forEach(DataKey::close);
  }
}

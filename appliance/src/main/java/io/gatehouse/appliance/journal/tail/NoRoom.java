package io.gatehouse.appliance.journal.tail;

/** A record is longer than what a loop has room for at once. The journal goes on. */
public final class NoRoom extends JournalStopped {
  private static final long serialVersionUID = 1L;

  NoRoom(TailState state, long bytes) {
    super(state, "the journal has no room for a record of " + bytes + " bytes now");
  }
}

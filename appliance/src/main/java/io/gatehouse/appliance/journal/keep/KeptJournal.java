package io.gatehouse.appliance.journal.keep;

import io.gatehouse.appliance.journal.key.DataKeys;
import io.gatehouse.appliance.journal.record.JournalRecord;
import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The journal as its keeper sees it. Called by a thread that may wait. */
public interface KeptJournal {
  Path directory();

  long node();

  /** What its checkpoints are signed under: the key in use first. */
  List<VerifierKey> signedBy();

  DataKeys keys();

  /** Of this process: keys of its sessions may be in use. */
  UUID boot();

  KeepPlan plan();

  /**
   * Puts a record into the tail.
   *
   * @return its sequence
   */
  long write(JournalRecord one) throws IOException;

  /** The sequence of the first record of this process: what is before it, others left. */
  long started();

  /** The sequence up to which everything is in a signed tree. */
  long sealed();
}

package io.gatehouse.appliance.journal.seal;

import java.io.IOException;

/**
 * A place outside the machine, or outside the gate's reach on it, that keeps checkpoints: whoever
 * holds the signing key can rewrite the journal only since the last one that was dropped there.
 * Called by the anchors' thread, one after the other; may wait, but not for ever.
 */
public sealed interface Anchor permits FileDrop, SyslogAnchor, ObjectLock {
  /** How messages call it. */
  String name();

  /** Returns when the anchor has it, as far as its protocol can tell. */
  void drop(long number, byte[] note) throws IOException;
}

package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.RecorderRecord.KeyEvent;
import io.gatehouse.verifier.Checkpoint;
import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What changes of keys a start finds, and carries out. */
final class KeyEvents {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.journal");

  private KeyEvents() {}

  /** Whether the newest checkpoint was signed by an earlier key; asked before one is signed. */
  static boolean signedByOther(JournalPlan plan) throws IOException {
    Path newest = plan.directory().resolve("tree").resolve("checkpoint");
    return Files.exists(newest)
        && !signed(newest, List.of(plan.signing().verifier()))
        && signed(newest, plan.keeping().formerKeys().keys());
  }

  private static boolean signed(Path checkpoint, List<VerifierKey> by) throws IOException {
    try {
      Checkpoint.open(Files.readAllBytes(checkpoint), by);
      return true;
    } catch (Checkpoint.NotSignedException e) {
      return false;
    }
  }

  /** Wraps data keys anew that are under an earlier key. A journal goes on without that. */
  static void record(Journal journal, JournalPlan plan, boolean signedByOther) throws IOException {
    if (signedByOther) {
      journal.record(
          new KeyEvent("changed", plan.signing().verifier().toString(), "checkpoints", "note"));
    }
    KeyEncryptionKey current = plan.wrapping().getFirst();
    if (!journal.keys().wrappedByOthers()) {
      return;
    }
    journal.record(event("rewrapping", current));
    try {
      journal.keys().rewrap(current);
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("key", current.name())
          .addKeyValue("reason", e.getMessage())
          .log("data keys are not all wrapped anew, the former key is still needed");
      journal.record(event("rewrap-failed", current));
      return;
    }
    journal.record(event("rewrapped", current));
  }

  private static KeyEvent event(String action, KeyEncryptionKey key) {
    return new KeyEvent(action, key.name(), "data-keys", "AES-256-GCM");
  }
}

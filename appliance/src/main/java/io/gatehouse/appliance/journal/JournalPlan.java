package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.keep.KeepPlan;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.seal.Anchor;
import io.gatehouse.appliance.journal.seal.SigningKey;
import io.gatehouse.appliance.journal.tail.Syncing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a journal is kept.
 *
 * @param directory the journal
 * @param keys where data keys are, outside of it
 * @param node this node's number
 * @param wrapping what data keys are wrapped under: the first is used for new ones
 * @param epochBytes how much of the tail is one file
 * @param every how often a checkpoint is signed
 */
public record JournalPlan(
    Path directory,
    Path keys,
    long node,
    List<KeyEncryptionKey> wrapping,
    SigningKey signing,
    Syncing syncing,
    long epochBytes,
    Duration every,
    List<Anchor> anchors,
    KeepPlan keeping) {
  public JournalPlan {
    wrapping = List.copyOf(wrapping);
    anchors = List.copyOf(anchors);
    if (wrapping.isEmpty()) {
      throw new IllegalArgumentException("no key to wrap data keys under");
    }
  }
}

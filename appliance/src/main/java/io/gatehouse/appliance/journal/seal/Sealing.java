package io.gatehouse.appliance.journal.seal;

import io.gatehouse.verifier.Checkpoint;
import io.gatehouse.verifier.VerifierKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes entries into segments, tree and checkpoints. Owned by one thread. After an exception it is
 * good for nothing: another is resumed from what is on disk.
 */
final class Sealing implements Closeable {
  /**
   * What sealing needs.
   *
   * @param formerKeys verifier keys that signed before this one did
   */
  record Setting(
      Path journal, SigningKey key, List<VerifierKey> formerKeys, Clock clock, Disk disk) {}

  /** A checkpoint and the note that says so. */
  record Signed(Checkpoint checkpoint, String note) {}

  private final Setting setting;
  private final Checkpoints checkpoints;
  private final Tiles tiles;
  private final MerkleTree tree;
  private final MessageDigest digest = MerkleTree.sha256();
  private final ByteBuffer row = ByteBuffer.allocate(Head.ROW);
  private @Nullable Segment segment;
  private @Nullable Recovery recovery;
  private long sequence;
  private Signed newest;

  /** Goes on where the last process stopped, and signs what it left. */
  Sealing(Setting setting, @Nullable Recovery recovery) throws IOException, RefusedException {
    this.setting = setting;
    List<VerifierKey> keys = new ArrayList<>(setting.formerKeys());
    keys.add(setting.key().verifier());
    Path treeDirectory = setting.journal().resolve("tree");
    this.checkpoints = new Checkpoints(treeDirectory, setting.disk(), keys);
    this.tiles = new Tiles(treeDirectory, setting.disk());
    Place.Found found = new Place(setting.journal(), setting.disk()).find(checkpoints, tiles);
    this.tree = found.tree();
    this.sequence = found.sequence();
    this.recovery =
        recovery != null && recovery.sequence() > sequence ? recovery.with(found.unnamed()) : null;
    this.newest = sign(found.newest().map(Checkpoint::number).orElse(-1L) + 1);
  }

  /** The sequence of the last record that is in a segment. */
  long sequence() {
    return sequence;
  }

  Signed newest() {
    return newest;
  }

  /**
   * Takes at most so many entries, and returns how many it took. A segment that is full is signed
   * before the next one is begun.
   */
  int take(Unsealed source, int most) throws IOException, RefusedException {
    int taken = 0;
    while (taken < most) {
      Optional<Unsealed.Entry> next = source.next();
      Recovery recover = recovery;
      long sequenceOfNext =
          next.map(entry -> Head.of(entry.head()).sequence()).orElse(Long.MAX_VALUE);
      if (recover != null && sequenceOfNext > recover.sequence()) {
        append(recover.entry(), source);
        recovery = null;
        taken++;
      }
      if (next.isEmpty()) {
        break;
      }
      append(next.get(), source);
      taken++;
    }
    return taken;
  }

  private void append(Unsealed.Entry entry, Unsealed source) throws IOException, RefusedException {
    Head head = Head.of(entry.head());
    check(head, entry, source);
    digest.update(entry.payload().duplicate());
    row.clear();
    row.put(entry.head().duplicate()).put(digest.digest()).flip();
    Segment open = segment;
    if (open == null) {
      open = new Segment(setting.journal().resolve("segments"), setting.disk(), tree.size());
      segment = open;
    }
    tree.add(Place.leaf(digest, row));
    open.append(head.retention(), row, entry.payload().duplicate());
    sequence = head.sequence();
    if (open.full()) {
      checkpoint();
      open.close();
      segment = null;
    }
  }

  /** Fails rather than seal a gap: a record that is lost is lost only if somebody says so. */
  private void check(Head head, Unsealed.Entry entry, Unsealed source) throws RefusedException {
    if (entry.head().remaining() != Head.BYTES || entry.payload().remaining() != head.length()) {
      throw new RefusedException(
          "the tail gave entry " + head.sequence() + " with a length that is not its own");
    }
    if (head.sequence() == sequence + 1) {
      return;
    }
    Recovery recover = recovery;
    boolean explained =
        (recover != null && recover.explains(sequence + 1, head.sequence() - 1))
            || source.lost(sequence + 1, head.sequence() - 1);
    if (head.sequence() <= sequence || !explained) {
      throw new RefusedException(
          "the tail gave entry "
              + head.sequence()
              + " behind "
              + sequence
              + ", and nobody named such a hole");
    }
  }

  /** Signs all that was taken, when it is on disk. */
  Signed checkpoint() throws IOException {
    Segment open = segment;
    if (open != null) {
      open.sync();
    }
    newest = sign(newest.checkpoint().number() + 1);
    return newest;
  }

  private Signed sign(long number) throws IOException {
    tiles.write(tree);
    Instant now = setting.clock().instant();
    long utc = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    Checkpoint next =
        new Checkpoint(setting.key().verifier().name(), tree.size(), tree.rootText(), utc, number);
    try {
      byte[] note = setting.key().note(next.text());
      checkpoints.add(note);
      return new Signed(next, new String(note, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IOException("a checkpoint cannot be signed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (segment != null) {
      segment.close();
    }
  }
}

package io.gatehouse.verifier;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Walks along the rows from checkpoint to checkpoint, and keeps the tree of what is proved. */
final class Rows {
  private static final String TOO_MANY = "has more rows than the next segment leaves room for";

  private static final int MOST_SEARCHES = 1_000;

  private final Segments segments;
  private final long size;
  private final Report report;
  private final TileFiles tiles;
  private final Prunes prunes;
  private final Continuity continuity;
  private Tree tree = new Tree();
  // once rows and tiles are both against a signature, no later root can be built
  private boolean broken;
  private boolean more;
  private int searches;
  private long good;
  private long proving;
  // the last row that was the right one: where a row belongs is told by its number from here
  private long anchorIndex = -1;
  private long anchorSequence = -1;

  Rows(Path journal, Segments segments, long size, Report report) throws IOException {
    this.segments = segments;
    this.size = size;
    this.report = report;
    this.tiles = new TileFiles(journal, report);
    this.prunes = new Prunes(journal, size);
    this.continuity = new Continuity(report);
    this.more = segments.advance();
  }

  /** How many records are in the tree of the newest checkpoint that holds. */
  long proved() {
    return good;
  }

  long sequence() {
    return continuity.sequence();
  }

  void prove(Checkpoint checkpoint, String file) throws IOException {
    if (broken || checkpoint.size() < tree.size()) {
      return;
    }
    long from = tree.size();
    proving = checkpoint.size();
    boolean trusted = tilesProve(checkpoint);
    while (tree.size() < checkpoint.size() && !broken) {
      step(trusted, checkpoint.size());
    }
    if (!broken && !VerifierKey.base64(tree.root()).equals(checkpoint.root())) {
      report.add(
          Kind.ALTERED,
          file,
          0,
          "checkpoint "
              + checkpoint.number()
              + " is of other records: something of "
              + from
              + " to "
              + (checkpoint.size() - 1)
              + " was changed");
      broken = true;
    }
    good = broken ? good : tree.size();
    tiles.checkpoint();
  }

  /** Whether the leaf hashes of the tiles are those that were signed. */
  private boolean tilesProve(Checkpoint checkpoint) throws IOException {
    Tree stored = tree.copy();
    while (stored.size() < checkpoint.size()) {
      byte[] leaf = tiles.leaf(stored.size(), checkpoint.size());
      if (leaf == null) {
        return false;
      }
      stored.add(leaf, null);
    }
    return VerifierKey.base64(stored.root()).equals(checkpoint.root());
  }

  private void step(boolean trusted, long until) throws IOException {
    Row row = segments.row();
    long index = tree.size();
    if (!more
        || row == null
        || (segments.end() >= 0 && index >= segments.end())
        || index < segments.first()) {
      turn(trusted, until);
    } else if (!trusted || leaf(index).length == 0) {
      tree.add(row.leaf(), tiles);
      accept(row, index, true);
    } else {
      compare(row, index, until);
    }
  }

  private void compare(Row row, long index, long until) throws IOException {
    byte[] leaf = leaf(index);
    Row after = segments.following();
    long belongs = anchorIndex + row.sequence() - anchorSequence;
    boolean ahead = belongs > index && within(belongs) && row.is(leaf(belongs));
    if (row.is(leaf)) {
      tree.add(leaf, tiles);
      accept(row, index, true);
    } else if (ahead && (after == null || after.is(leaf(belongs + 1)))) {
      absent(Kind.MISSING, Math.min(belongs, until), "taken out of the rows");
    } else if (!ahead && after != null && after.is(leaf)) {
      report.add(
          here(Kind.ALTERED, row, index, "a row that was not signed lies before this record"));
      segments.move();
    } else {
      boolean elsewhere = ahead || near(row, index);
      Kind kind = elsewhere ? Kind.REORDERED : Kind.ALTERED;
      String text =
          elsewhere
              ? "another record lies in this one's place"
              : "the row is not the one that was signed";
      report.add(here(kind, row, index, text));
      segments.payloads().skip(row);
      tree.add(leaf, tiles);
      segments.move();
      continuity.skip();
    }
  }

  /** Whether the row belongs to another place not far from here; not asked for ever. */
  private boolean near(Row row, long index) throws IOException {
    if (searches++ > MOST_SEARCHES) {
      return false;
    }
    for (long place = Math.max(0, index - TileFiles.WIDTH);
        place < index + TileFiles.WIDTH;
        place++) {
      if (within(place) && row.is(leaf(place))) {
        return true;
      }
    }
    return false;
  }

  private boolean within(long index) {
    return index < size && index >= 0;
  }

  private byte[] leaf(long index) throws IOException {
    byte[] leaf = index < proving ? tiles.leaf(index, proving) : null;
    if (leaf == null && index < size) {
      leaf = tiles.leaf(index, size);
    }
    return leaf == null ? new byte[0] : leaf;
  }

  /** The segment at hand has no row for the place that the tree is at. */
  private void turn(boolean trusted, long until) throws IOException {
    long index = tree.size();
    if (more && index < segments.first()) {
      stop(
          trusted,
          Kind.MISSING,
          Math.min(segments.first(), until),
          "the rows before this segment are not there");
    } else if (more && segments.end() >= 0 && index >= segments.end()) {
      if (segments.row() != null) {
        report.add(Kind.ALTERED, segments.file(), segments.offset(), TOO_MANY);
      }
      leave();
    } else if (more && segments.end() >= 0) {
      Kind kind = segments.present() ? Kind.TRUNCATED : Kind.MISSING;
      stop(
          trusted,
          kind,
          Math.min(segments.end(), until),
          "the segment ends before the next begins");
    } else {
      stop(trusted, Kind.TRUNCATED, until, "the rows end before what was signed");
    }
  }

  private void leave() throws IOException {
    segments.leftOver(true);
    more = segments.advance();
  }

  private void stop(boolean trusted, Kind kind, long until, String text) throws IOException {
    if (trusted) {
      absent(kind, until, text);
    } else {
      absentUnknown(kind, until, text);
    }
  }

  private void absent(Kind kind, long until, String text) throws IOException {
    report.add(gone(kind, until, text));
    while (tree.size() < until && !broken) {
      byte[] leaf = leaf(tree.size());
      broken = leaf.length == 0;
      if (!broken) {
        tree.add(leaf, tiles);
      }
    }
    continuity.skip();
  }

  private void absentUnknown(Kind kind, long until, String text) {
    report.add(
        gone(
            kind,
            until,
            text + ", and the tiles do not tell what they were: nothing behind is proved"));
    broken = true;
  }

  private Finding gone(Kind kind, long until, String text) {
    long index = tree.size();
    return new Finding(
        kind,
        index,
        -1,
        segments.file(),
        segments.offset(),
        "records " + index + " to " + (until - 1) + ": " + text);
  }

  private void accept(Row row, long index, boolean proved) throws IOException {
    Finding where = here(proved ? Kind.ALTERED : Kind.UNSEALED, row, index, "");
    if (row.version() != 1) {
      report.add(
          here(
              where.kind(),
              row,
              index,
              "the row is of version " + row.version() + ", which is not known here"));
    }
    byte @Nullable [] clear =
        Continuity.namesHoles(row) ? segments.payloads().read(row, Prunes.LONGEST_PAYLOAD) : null;
    payload(row, index, proved);
    continuity.accept(row, where, clear);
    anchorIndex = index;
    anchorSequence = row.sequence();
    report.records++;
    segments.move();
  }

  private void payload(Row row, long index, boolean proved) throws IOException {
    long offset = segments.payloads().offset(row.retention());
    Payloads.State state = segments.payloads().check(row);
    boolean pruned = state == Payloads.State.GONE && prunes.allow(row);
    if (state != Payloads.State.GOOD && !pruned) {
      Kind kind = proved ? state.kind : Kind.UNSEALED;
      report.add(
          new Finding(
              kind, index, row.sequence(), segments.payloads().name(row), offset, state.text));
    }
  }

  private Finding here(Kind kind, Row row, long index, String text) {
    return new Finding(kind, index, row.sequence(), segments.file(), segments.offset(), text);
  }

  /**
   * Goes on behind the newest checkpoint, where nothing is proved, and looks for what is left over.
   * False if there is more than a crash leaves, so that checkpoints must have been taken away.
   */
  boolean finish() throws IOException {
    boolean plausible = broken || tiles.finish();
    long behind = 0;
    long index = tree.size();
    while (more) {
      plausible &= broken || segments.end() < 0 || segments.end() <= good;
      for (Row row = segments.row(); row != null; row = segments.row()) {
        if (segments.end() >= 0 && index >= segments.end()) {
          report.add(Kind.ALTERED, segments.file(), segments.offset(), TOO_MANY);
          break;
        }
        accept(row, index++, false);
        behind++;
      }
      segments.leftOver(segments.end() >= 0);
      more = segments.advance();
    }
    if (behind > 0) {
      report.add(
          Kind.UNSEALED,
          "segments",
          0,
          behind + " rows are behind the newest checkpoint: not yet proved");
    }
    continuity.finish();
    return plausible;
  }
}

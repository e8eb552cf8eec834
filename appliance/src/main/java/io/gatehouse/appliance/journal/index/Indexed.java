package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.index.SegmentIndex.DamagedIndex;
import io.gatehouse.appliance.journal.read.Entry;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.read.SegmentFile;
import java.io.IOException;
import java.util.Optional;

/** A segment with its index, and what is to be looked through beside it. Not thread-safe. */
final class Indexed implements AutoCloseable {
  /** How many rows are looked through before an index is made of them too. */
  static final int LOOKED_THROUGH = 4_096;

  private final JournalReader reader;
  private final IndexFolder folder;
  private final SegmentFile segment;
  private final int rows;
  private Optional<SegmentIndex> index;
  private int visits;

  private Indexed(JournalReader reader, IndexFolder folder, SegmentFile segment, int rows)
      throws IOException {
    this.reader = reader;
    this.folder = folder;
    this.segment = segment;
    this.rows = rows;
    index = folder.open(segment);
  }

  static Indexed open(JournalReader reader, IndexFolder folder, long first) throws IOException {
    SegmentFile segment = reader.open(first);
    try {
      Indexed indexed = new Indexed(reader, folder, segment, reader.rows(segment));
      indexed.complete(reader.growing(first) ? LOOKED_THROUGH : 0);
      return indexed;
    } catch (IOException | RuntimeException e) {
      segment.close();
      throw e;
    }
  }

  private void complete(int mayMiss) throws IOException {
    if (rows - known() > mayMiss) {
      remake();
    }
  }

  private void remake() throws IOException {
    if (index.isPresent()) {
      index.get().close();
    }
    index = Optional.of(folder.make(reader, segment, rows));
  }

  private int known() {
    return index.map(SegmentIndex::rows).orElse(0);
  }

  long first() {
    return segment.first();
  }

  /** Whether a row may have been written between the two. */
  boolean between(long from, long until) {
    return known() < rows || index.isEmpty() || index.get().between(from, until);
  }

  Entry entry(int row) throws IOException {
    return reader.entry(segment, row);
  }

  int rows() {
    return rows;
  }

  /** Takes rows as they come. */
  interface Visitor {
    /** Whether to go on. */
    boolean visit(int row) throws IOException;
  }

  /** Those that may have all of these terms, in order. Whether it came to the end. */
  boolean find(Visitor visitor, long... terms) throws IOException {
    return each(listed(terms), visitor);
  }

  RowList listed(long... terms) throws IOException {
    if (index.isEmpty()) {
      return RowList.EMPTY;
    }
    try {
      return index.get().find(terms);
    } catch (DamagedIndex e) {
      remake();
      return index.isEmpty() ? RowList.EMPTY : index.get().find(terms);
    }
  }

  /** These, and all that the index says nothing of. Whether it came to the end. */
  boolean each(RowList listed, Visitor visitor) throws IOException {
    visits++;
    try {
      return all(listed, visitor);
    } finally {
      visits--;
    }
  }

  /** Whether somebody is among its rows, who may look at other segments meanwhile. */
  boolean busy() {
    return visits > 0;
  }

  private boolean all(RowList listed, Visitor visitor) throws IOException {
    RowList all = index.isEmpty() ? listed : index.get().orUnlisted(listed);
    for (int i = 0; i < all.size() && all.get(i) < rows; i++) {
      if (!visitor.visit(all.get(i))) {
        return false;
      }
    }
    for (int row = known(); row < rows; row++) {
      if (!visitor.visit(row)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    segment.close();
    if (index.isPresent()) {
      index.get().close();
    }
  }
}

package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.Offsets;
import io.gatehouse.appliance.journal.read.SegmentFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The index of a segment's first rows, opened. Not thread-safe. */
public final class SegmentIndex implements AutoCloseable {
  private final Terms terms;
  private final SeekableByteChannel file;
  private final IndexHead head;
  private final ByteBuffer directory;
  private final long any;

  private SegmentIndex(
      Terms terms, SeekableByteChannel file, IndexHead head, ByteBuffer directory, long any) {
    this.terms = terms;
    this.file = file;
    this.head = head;
    this.directory = directory;
    this.any = any;
  }

  /** Empty if the file is not what was made of this segment with this key. Takes the file. */
  static Optional<SegmentIndex> open(Terms terms, SeekableByteChannel file, SegmentFile segment)
      throws IOException {
    Optional<SegmentIndex> index = Optional.empty();
    try {
      index = read(terms, file, segment);
    } catch (EOFException e) {
      // cut short
    } finally {
      if (index.isEmpty()) {
        file.close();
      }
    }
    return index;
  }

  private static Optional<SegmentIndex> read(
      Terms terms, SeekableByteChannel file, SegmentFile segment) throws IOException {
    ByteBuffer start = fill(file, 0, IndexHead.BYTES + Terms.MAC_BYTES);
    Optional<IndexHead> said = IndexHead.read(start);
    if (said.isEmpty()) {
      return Optional.empty();
    }
    IndexHead head = said.get();
    if (head.first() != segment.first()
        || head.rows() > segment.size()
        || head.postingsAt() > file.size()) {
      return Optional.empty();
    }
    byte[] mac = new byte[Terms.MAC_BYTES];
    start.get(IndexHead.BYTES, mac);
    int bytes = (int) (head.postingsAt() - IndexHead.BYTES - Terms.MAC_BYTES);
    ByteBuffer vouched = ByteBuffer.allocate(IndexHead.BYTES + bytes);
    vouched.put(start.slice(0, IndexHead.BYTES));
    vouched.put(fill(file, IndexHead.BYTES + Terms.MAC_BYTES, bytes)).flip();
    if (!MessageDigest.isEqual(mac, terms.head(vouched.duplicate()))
        || !Arrays.equals(
            head.lastRow(), IndexHead.digest(segment.bytes(Math.max(0, head.rows() - 1))))) {
      return Optional.empty();
    }
    vouched.position(IndexHead.BYTES);
    segment.offsets(offsets(head, vouched));
    return Optional.of(
        new SegmentIndex(
            terms, file, head, vouched.slice(), terms.of(Facet.KIND, IndexBuilder.ANY)));
  }

  /** Leaves the buffer at the directory. */
  private static Offsets offsets(IndexHead head, ByteBuffer in) {
    int[] classes = new int[head.classes()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = in.getInt();
    }
    Offsets offsets = new Offsets();
    for (int step = 1; step < head.steps(); step++) {
      Map<Integer, Long> before = new TreeMap<>();
      for (int one : classes) {
        before.put(one, in.getLong());
      }
      offsets.add(before);
    }
    return offsets;
  }

  private static ByteBuffer fill(SeekableByteChannel file, long at, int bytes) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    file.position(at);
    while (into.hasRemaining()) {
      if (file.read(into) < 0) {
        throw new EOFException();
      }
    }
    return into.flip();
  }

  /** How many rows of the segment it knows; what is behind them is to be looked through. */
  public int rows() {
    return head.rows();
  }

  /** Whether a row may have been written between the two, nanoseconds since 1970. */
  public boolean between(long from, long until) {
    return head.latest() >= from && head.earliest() <= until;
  }

  /**
   * Rows that may have all of these terms; the first tells how, where there is nothing to go by.
   *
   * @throws DamagedIndex if the file is not what was made
   */
  public RowList find(long... wanted) throws IOException {
    RowList found = null;
    for (long term : wanted) {
      RowList rows = rows(term);
      found = found == null ? rows : found.and(rows);
      if (found.size() == 0) {
        break;
      }
    }
    return found == null ? RowList.EMPTY : found;
  }

  /** With those that have too many terms to list them. */
  public RowList orUnlisted(RowList found) throws IOException {
    RowList unlisted = rows(any);
    return unlisted.size() == 0 ? found : found.or(unlisted);
  }

  private RowList rows(long term) throws IOException {
    int low = 0;
    int high = head.terms() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = directory.getLong(middle * IndexHead.ENTRY);
      if (there == term) {
        return list(term, middle * IndexHead.ENTRY + Long.BYTES);
      }
      if (there < term) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return RowList.EMPTY;
  }

  private RowList list(long term, int entry) throws IOException {
    long start = Integer.toUnsignedLong(directory.getInt(entry));
    int count = directory.getInt(entry + Integer.BYTES);
    ByteBuffer bytes;
    try {
      bytes = fill(file, head.postingsAt() + start * Integer.BYTES, count * Integer.BYTES);
    } catch (EOFException e) {
      throw new DamagedIndex(head.first());
    }
    long mac = terms.list(head.first(), term, bytes.duplicate());
    if (mac != directory.getLong(entry + 2 * Integer.BYTES)) {
      throw new DamagedIndex(head.first());
    }
    int[] rows = new int[count];
    bytes.asIntBuffer().get(rows);
    return new RowList(rows);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** It has to be made again. */
  public static final class DamagedIndex extends IOException {
    private static final long serialVersionUID = 1L;

    private final long first;

    DamagedIndex(long first) {
      super("the index of segment " + first + " is damaged");
      this.first = first;
    }

    public long first() {
      return first;
    }
  }
}

package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.Content;
import io.gatehouse.appliance.journal.read.Entry;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.read.Offsets;
import io.gatehouse.appliance.journal.read.Row;
import io.gatehouse.appliance.journal.read.SegmentFile;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes the index of a segment, which may grow between two of them. Not thread-safe. */
final class IndexBuilder {
  /** What a row goes under that has more terms than are listed. */
  static final String ANY = "any";

  private static final int MOST_TERMS_OF_A_ROW = 256;
  private static final int MOST_POSTINGS = 4 << 20;

  private final Terms terms;
  private final long first;
  private final Map<Long, RowList> lists = new HashMap<>();
  private int rows;
  private int postings;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  IndexBuilder(Terms terms, long first) {
    this.terms = terms;
    this.first = first;
  }

  int rows() {
    return rows;
  }

  /** Reads what it has not read yet. */
  void read(JournalReader reader, SegmentFile segment, int until) throws IOException {
    while (rows < until) {
      Entry entry = reader.entry(segment, rows);
      add(entry.row(), reader, entry);
      rows++;
    }
  }

  private void add(Row row, JournalReader reader, Entry entry) throws IOException {
    earliest = Math.min(earliest, row.wallClock());
    latest = Math.max(latest, row.wallClock());
    if (row.inSession()) {
      post(terms.session(row.session()));
    }
    if (!told(row.kind())) {
      return;
    }
    post(terms.kind(row.kind()));
    if (reader.content(entry) instanceof Content.Said said) {
      Set<Long> all = new HashSet<>();
      Facts.of(said)
          .values()
          .forEach((facet, values) -> values.forEach(value -> all.add(terms.of(facet, value))));
      if (all.size() > MOST_TERMS_OF_A_ROW || postings + all.size() > MOST_POSTINGS) {
        post(terms.of(Facet.KIND, ANY));
      } else {
        all.forEach(this::post);
      }
    }
  }

  private static boolean told(int kind) {
    return kind == Kind.SESSION_OPENED.code()
        || kind == Kind.LOGIN_REFUSED.code()
        || kind == Kind.COMMAND_INTENT.code();
  }

  private void post(long term) {
    if (lists.computeIfAbsent(term, _ -> new RowList()).add(rows)) {
      postings++;
    }
  }

  /** Of all rows that were read, of which there is one at least. */
  ByteBuffer bytes(SegmentFile segment) throws IOException {
    byte[] last = IndexHead.digest(segment.bytes(rows - 1));
    Set<Integer> classes = new TreeSet<>();
    IndexHead counted = head(0, last);
    for (int step = 1; step < counted.steps(); step++) {
      classes.addAll(segment.offsets().before(step).keySet());
    }
    IndexHead head = head(classes.size(), last);
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(head.postingsAt() + (long) postings * Integer.BYTES));
    out.put(head.bytes()).position(IndexHead.BYTES + Terms.MAC_BYTES);
    offsets(out, classes, segment.offsets(), head.steps());
    directory(out, head);
    vouch(out, head);
    return out.position(0).limit(out.capacity());
  }

  private IndexHead head(int classes, byte[] last) {
    return new IndexHead(first, rows, classes, lists.size(), earliest, latest, last);
  }

  private static void offsets(ByteBuffer out, Set<Integer> classes, Offsets offsets, int steps) {
    classes.forEach(out::putInt);
    for (int step = 1; step < steps; step++) {
      Map<Integer, Long> before = offsets.before(step);
      classes.forEach(one -> out.putLong(before.getOrDefault(one, 0L)));
    }
  }

  private void directory(ByteBuffer out, IndexHead head) {
    List<Long> sorted = lists.keySet().stream().sorted().toList();
    int start = 0;
    for (long term : sorted) {
      RowList list = lists.getOrDefault(term, RowList.EMPTY);
      int at = Math.toIntExact(head.postingsAt() + (long) start * Integer.BYTES);
      for (int i = 0; i < list.size(); i++) {
        out.putInt(at + i * Integer.BYTES, list.get(i));
      }
      long mac = terms.list(first, term, out.slice(at, list.size() * Integer.BYTES));
      out.putLong(term).putInt(start).putInt(list.size()).putLong(mac);
      start += list.size();
    }
  }

  private void vouch(ByteBuffer out, IndexHead head) {
    int behind = IndexHead.BYTES + Terms.MAC_BYTES;
    ByteBuffer vouched = ByteBuffer.allocate((int) head.postingsAt() - Terms.MAC_BYTES);
    vouched.put(out.slice(0, IndexHead.BYTES));
    vouched.put(out.slice(behind, (int) head.postingsAt() - behind)).flip();
    byte[] mac = terms.head(vouched);
    out.put(IndexHead.BYTES, Arrays.copyOf(mac, Terms.MAC_BYTES));
  }
}

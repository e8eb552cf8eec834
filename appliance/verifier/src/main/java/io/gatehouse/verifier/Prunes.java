package io.gatehouse.verifier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data keys that a pruned record names, looked up when the first payload is gone. A key takes
 * some hundred bytes of memory here. That such a record is itself in the tree is checked with the
 * other rows; one behind the newest checkpoint does not count.
 */
final class Prunes {
  static final int LONGEST_PAYLOAD = 4 << 20;

  /** A data key is shredded for one retention class. */
  private record Shredded(long retention, UUID dataKey) {}

  private final Path journal;
  private final long proved;
  private @Nullable Set<Shredded> shredded;

  Prunes(Path journal, long proved) {
    this.journal = journal;
    this.proved = proved;
  }

  boolean allow(Row row) throws IOException {
    Set<Shredded> known = shredded;
    if (known == null) {
      known = collect();
      shredded = known;
    }
    return known.contains(new Shredded(row.retention(), row.dataKey()));
  }

  private Set<Shredded> collect() throws IOException {
    Set<Shredded> found = new HashSet<>();
    try (Segments segments = new Segments(journal, new Report(ignored -> {}))) {
      while (segments.advance()) {
        long index = segments.first();
        for (Row row = segments.row(); row != null && index < proved; row = segments.row()) {
          if (row.kind() == Row.PRUNED) {
            byte[] payload = segments.payloads().read(row, LONGEST_PAYLOAD);
            add(payload == null ? null : Cbor.map(payload), found);
          }
          segments.payloads().skip(row);
          segments.move();
          index++;
        }
      }
    }
    return found;
  }

  private static void add(@Nullable Map<?, ?> pruned, Set<Shredded> found) {
    if (pruned != null
        && pruned.get(0L) instanceof Long retention
        && pruned.get(1L) instanceof List<?> keys) {
      for (Object key : keys) {
        if (key instanceof byte[] bytes && bytes.length == 16) {
          ByteBuffer id = ByteBuffer.wrap(bytes);
          found.add(new Shredded(retention, new UUID(id.getLong(), id.getLong())));
        }
      }
    }
  }
}

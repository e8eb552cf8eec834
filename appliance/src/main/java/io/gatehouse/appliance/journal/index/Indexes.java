package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.JournalReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The segments of a reader with their indexes, some of them kept open. Not thread-safe. */
final class Indexes implements AutoCloseable {
  private static final int MOST_OPEN = 32;

  private final JournalReader reader;
  private final IndexFolder folder;
  private final Map<Long, Indexed> open = new LinkedHashMap<>(16, 0.75f, true);

  Indexes(JournalReader reader, IndexFolder folder) {
    this.reader = reader;
    this.folder = folder;
  }

  Terms terms() {
    return folder.terms();
  }

  JournalReader reader() {
    return reader;
  }

  /** Valid until so many others were asked for as are kept open. */
  Indexed of(long first) throws IOException {
    Indexed kept = open.get(first);
    if (kept == null) {
      if (open.size() >= MOST_OPEN) {
        closeOldest();
      }
      kept = Indexed.open(reader, folder, first);
      open.put(first, kept);
    }
    return kept;
  }

  private void closeOldest() throws IOException {
    for (Indexed oldest : open.values()) {
      if (!oldest.busy()) {
        open.remove(oldest.first());
        oldest.close();
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Indexed one : open.values()) {
      one.close();
    }
  }
}

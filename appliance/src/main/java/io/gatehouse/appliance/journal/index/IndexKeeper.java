package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.key.KeyShelf;
import io.gatehouse.appliance.journal.key.ReadingKeys;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.read.SegmentFile;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gate's thread that makes indexes, so that who searches need not wait. A journal whose
 * indexes cannot be made goes on: they are made by who misses them.
 */
public final class IndexKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.gatehouse.journal");

  private final JournalReader.Place place;
  private final Duration every;
  private final IndexFolder folder;
  private final Terms terms;
  private final Set<Long> done = new HashSet<>();
  private final Thread thread;

  /** Of the segment that grows. */
  private Optional<IndexBuilder> growing = Optional.empty();

  private long ofGrowing = -1;
  private boolean failed;
  private volatile boolean closed;

  /** Held while indexes are made or thrown away. */
  private final ReentrantLock making = new ReentrantLock();

  private final KeyShelf shelf;

  private IndexKeeper(JournalReader.Place place, ReadingKeys keys, Duration every) {
    this.place = place;
    this.every = every;
    shelf = new KeyShelf(place.keys(), List.of(keys.wrapping()));
    terms = new Terms(keys.index());
    folder = new IndexFolder(place.directory(), terms);
    thread = Thread.ofPlatform().daemon().name("journal-index").unstarted(this::run);
  }

  public static IndexKeeper start(JournalReader.Place place, ReadingKeys keys, Duration every) {
    IndexKeeper keeper = new IndexKeeper(place, keys, every);
    keeper.thread.start();
    return keeper;
  }

  private void run() {
    while (!closed) {
      try {
        round();
        failed = false;
      } catch (IOException | RuntimeException e) {
        growing = Optional.empty();
        if (!failed) {
          LOG.atWarn().addKeyValue("reason", e.toString()).log("journal index not made");
        }
        failed = true;
      }
      if (!closed) {
        LockSupport.parkNanos(this, every.toNanos());
      }
    }
  }

  private void round() throws IOException {
    making.lock();
    try (JournalReader reader = JournalReader.open(place.directory(), shelf)) {
      for (long first : reader.segments()) {
        if (!closed && !done.contains(first)) {
          segment(reader, first);
        }
      }
    } finally {
      making.unlock();
    }
  }

  /** Keys were shredded: what was said of their records is thrown away, and made without them. */
  public void forget() throws IOException {
    making.lock();
    try {
      growing = Optional.empty();
      done.clear();
      folder.discard();
    } finally {
      making.unlock();
    }
  }

  private void segment(JournalReader reader, long first) throws IOException {
    try (SegmentFile segment = reader.open(first)) {
      int rows = reader.rows(segment);
      if (!reader.growing(first)) {
        finished(reader, segment, rows);
        done.add(first);
      } else if (rows - builder(first).rows() >= Indexed.LOOKED_THROUGH) {
        extend(reader, segment, rows);
      }
    }
  }

  private IndexBuilder builder(long first) {
    if (growing.isEmpty() || ofGrowing != first) {
      growing = Optional.of(new IndexBuilder(terms, first));
      ofGrowing = first;
    }
    return growing.get();
  }

  private void finished(JournalReader reader, SegmentFile segment, int rows) throws IOException {
    if (ofGrowing == segment.first() && growing.isPresent()) {
      extend(reader, segment, rows);
      growing = Optional.empty();
      return;
    }
    Optional<SegmentIndex> there = folder.open(segment);
    if (there.isPresent() && there.get().rows() == rows) {
      there.get().close();
    } else {
      if (there.isPresent()) {
        there.get().close();
      }
      folder.make(reader, segment, rows).close();
    }
  }

  private void extend(JournalReader reader, SegmentFile segment, int rows) throws IOException {
    IndexBuilder builder = builder(segment.first());
    builder.read(reader, segment, rows);
    folder.keep(builder, segment).close();
  }

  /** Leaves what is half done to the next one. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      shelf.close();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("reason", e.toString()).log("journal keys not closed");
    }
  }
}

package io.gatehouse.appliance.journal.seal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * Holes of the sequence in rows that are there already: if a process dies between the records
 * behind a hole and the record that names it, the next one has to name it. Found without reading
 * all rows, because a sequence is ahead of its index by the number of those that are lost.
 */
final class Holes implements Closeable {
  private final Path segments;
  private final NavigableSet<Long> firsts;
  private final ByteBuffer row = ByteBuffer.allocate(Head.ROW);
  private long opened = -1;
  private @Nullable FileChannel file;

  Holes(Path segments, NavigableSet<Long> firsts) {
    this.segments = segments;
    this.firsts = firsts;
  }

  /** Those behind which no record of a recovery or a gap stands, in their order. */
  List<Recovery.Hole> unnamed(long size) throws IOException {
    List<Recovery.Hole> holes = new ArrayList<>();
    long last = size - 1;
    while (last >= 0 && lost(last) > 0) {
      long behind = firstWithLost(lost(last), last);
      if (named(behind, size)) {
        break;
      }
      long before = behind == 0 ? -1 : read(behind - 1).sequence();
      holes.add(new Recovery.Hole(before + 1, read(behind).sequence() - 1));
      last = behind - 1;
    }
    Collections.reverse(holes);
    return holes;
  }

  private long lost(long index) throws IOException {
    return read(index).sequence() - index;
  }

  private long firstWithLost(long lost, long last) throws IOException {
    long low = 0;
    long high = last;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (lost(middle) < lost) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean named(long from, long size) throws IOException {
    for (long index = from; index < size; index++) {
      int kind = read(index).kind();
      if (kind == Head.RECOVERED || kind == Head.GAP) {
        return true;
      }
    }
    return false;
  }

  private Head read(long index) throws IOException {
    Long first = firsts.floor(index);
    if (first == null) {
      throw new IOException("no segment holds record " + index);
    }
    if (file == null || opened != first) {
      close();
      file = FileChannel.open(segments.resolve(Segment.rows(first)), StandardOpenOption.READ);
      opened = first;
    }
    if (!Reading.fully(file, row, (index - first) * Head.ROW)) {
      throw new IOException(Segment.rows(first) + " became shorter");
    }
    return Head.of(row);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}

package io.gatehouse.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.CRC32C;

/** The queues of the tail, merged by number: what is there and not yet in a segment. */
final class Tail {
  private static final int META = 1 << 30;
  private static final int UNFINISHED = 1 << 31;
  private static final int LENGTH = META - 1;
  private static final int SUM = 4;
  private static final int PIECE = 65_536;

  private final Report report;
  private final List<Queue> queues = new ArrayList<>();

  Tail(Report report) {
    this.report = report;
  }

  /** Reads all queues, of which what is up to this number is in a segment. */
  void verify(Path journal, long sealed) throws IOException {
    PriorityQueue<Queue> ahead =
        new PriorityQueue<>(Comparator.comparingLong(queue -> queue.sequence));
    try {
      for (Path epoch : folders(journal.resolve("tail"))) {
        for (Path loop : folders(epoch)) {
          open(journal, loop);
        }
      }
      for (Queue queue : queues) {
        if (queue.next()) {
          ahead.add(queue);
        }
      }
      merge(ahead, sealed);
    } finally {
      for (Queue queue : queues) {
        queue.close();
      }
    }
  }

  private static List<Path> folders(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory, Files::isDirectory)) {
      listing.forEach(found::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // none, or sealed and just taken away
    }
    return found;
  }

  private void open(Path journal, Path loop) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(loop, "*.cq4")) {
      for (Path file : files) {
        Bytes bytes = Bytes.open(file);
        if (bytes != null) {
          queues.add(new Queue(journal.relativize(file).toString(), bytes));
        }
      }
    } catch (NoSuchFileException e) {
      // sealed, and just taken away
    }
  }

  private void merge(PriorityQueue<Queue> ahead, long sealed) throws IOException {
    long last = sealed;
    for (Queue queue = ahead.poll(); queue != null; queue = ahead.poll()) {
      if (queue.sequence > sealed) {
        leap(queue, last);
        last = queue.sequence;
        report.unsealed++;
      }
      if (queue.next()) {
        ahead.add(queue);
      }
    }
    if (report.unsealed > 0) {
      String text =
          report.unsealed
              + " records up to number "
              + last
              + " are in the tail only: not yet proved";
      report.add(Kind.UNSEALED, "tail", 0, text);
    }
  }

  private void leap(Queue queue, long last) {
    if (queue.sequence == last) {
      queue.say(Kind.TAIL_DAMAGED, "the number is there twice");
    } else if (queue.sequence > last + 1) {
      // each queue may be writing one, and a process that is killed leaves them so
      boolean few = queue.sequence - last - 1 <= queues.size();
      String text = Continuity.numbers(last + 1, queue.sequence - 1) + " not there: ";
      queue.say(
          few ? Kind.UNSEALED : Kind.TAIL_DAMAGED,
          text + (few ? "being written, or cut off in a crash" : "lost in a crash, or taken away"));
    }
  }

  /**
   * One file: documents of a little-endian word and what it says, each beginning at a multiple of
   * 4.
   */
  private final class Queue implements Closeable {
    private final String name;
    private final Bytes file;
    private long position;
    private long entry;
    private long sequence = -1;

    Queue(String name, Bytes file) {
      this.name = name;
      this.file = file;
    }

    /** Goes to the next entry with a good sum; false at the end. */
    boolean next() throws IOException {
      while (true) {
        byte[] word = file.at(position, Integer.BYTES);
        int header =
            word == null ? 0 : ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (header == 0 || header == (META | UNFINISHED)) {
          return false;
        }
        entry = position + Integer.BYTES;
        int length = header & LENGTH;
        if ((header & UNFINISHED) != 0 || entry > file.size() - length) {
          say(Kind.UNSEALED, "an entry was begun and not finished");
          return false;
        }
        position = entry + (length + 3L) / 4 * 4;
        if ((header & META) == 0 && good(length)) {
          return true;
        }
      }
    }

    private boolean good(int length) throws IOException {
      byte[] head = file.at(entry + SUM, Row.HEAD);
      byte[] sum = file.at(entry, SUM);
      if (head == null
          || sum == null
          || length < SUM + Row.HEAD
          || !sumIs(ByteBuffer.wrap(sum).getInt(), length)) {
        say(Kind.TAIL_DAMAGED, "the sum of an entry is wrong");
        return false;
      }
      Row row = new Row(Arrays.copyOf(head, Row.SIZE));
      if (row.length() != length - SUM - Row.HEAD) {
        say(Kind.TAIL_DAMAGED, "the length of an entry is not that of its payload");
        return false;
      }
      if (row.sequence() <= sequence) {
        say(Kind.TAIL_DAMAGED, "number " + row.sequence() + " comes behind " + sequence);
        return false;
      }
      sequence = row.sequence();
      return true;
    }

    private boolean sumIs(int expected, int length) throws IOException {
      CRC32C sum = new CRC32C();
      for (int done = SUM; done < length; done += PIECE) {
        byte[] piece = file.at(entry + done, Math.min(PIECE, length - done));
        if (piece == null) {
          return false;
        }
        sum.update(piece);
      }
      return (int) sum.getValue() == expected;
    }

    private void say(Kind kind, String text) {
      report.add(new Finding(kind, -1, sequence, name, entry, text));
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

package io.gatehouse.appliance.journal.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** The segment that a process left: what of it is kept, and that it is whole from then on. */
final class LastSegment {
  private final Path directory;
  private final Disk disk;
  private final long first;
  private final Map<Integer, Long> payloads = new HashMap<>();
  private final MessageDigest digest = MerkleTree.sha256();
  private long sequence;
  private int kept;

  LastSegment(Path directory, Disk disk, long first) {
    this.directory = directory;
    this.disk = disk;
    this.first = first;
  }

  long sequence() {
    return sequence;
  }

  boolean empty() {
    return kept == 0;
  }

  /**
   * Keeps the rows that were signed, and of those behind them as many as are good one after the
   * other, which are added to the tree. Cuts all files to that, and syncs them.
   */
  void keep(int signed, int rows, long before, MerkleTree tree)
      throws IOException, RefusedException {
    sequence = before;
    try (FileChannel file =
        FileChannel.open(directory.resolve(Segment.rows(first)), StandardOpenOption.READ)) {
      ByteBuffer row = ByteBuffer.allocate(Head.ROW);
      while (kept < rows && Reading.fully(file, row, (long) kept * Head.ROW)) {
        Head head = Head.of(row);
        if (kept >= signed) {
          if (!good(head, row)) {
            break;
          }
          tree.add(Place.leaf(digest, row));
        }
        payloads.merge(head.retention(), head.length(), Long::sum);
        sequence = head.sequence();
        kept++;
      }
    }
    cut(signed);
  }

  private boolean good(Head head, ByteBuffer row) throws IOException {
    Path file = payload(head.retention());
    if (head.version() != Head.VERSION || head.sequence() <= sequence || !Files.exists(file)) {
      return false;
    }
    long offset = payloads.getOrDefault(head.retention(), 0L);
    try (FileChannel payload = FileChannel.open(file, StandardOpenOption.READ)) {
      MessageDigest of = MerkleTree.sha256();
      ByteBuffer said = row.slice(Head.BYTES, Head.ROW - Head.BYTES);
      return Reading.digest(payload, offset, head.length(), of)
          && said.equals(ByteBuffer.wrap(of.digest()));
    }
  }

  private Path payload(int retention) {
    return directory.resolve(Segment.payload(first, retention));
  }

  private void cut(int signed) throws IOException, RefusedException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, String.format("%020d.*.payload", first))) {
      for (Path file : files) {
        cutPayload(file, signed);
      }
    }
    Path rows = directory.resolve(Segment.rows(first));
    if (kept == 0) {
      disk.delete(rows);
    } else {
      cut(rows, (long) kept * Head.ROW);
    }
    disk.syncDirectory(directory);
  }

  private void cutPayload(Path file, int signed) throws IOException, RefusedException {
    String name = file.getFileName().toString();
    String retention = name.substring(21, name.length() - ".payload".length());
    long expected =
        retention.matches("[0-9]{1,5}") ? payloads.getOrDefault(Integer.valueOf(retention), 0L) : 0;
    long size = Files.size(file);
    if (expected == 0) {
      disk.delete(file);
    } else if (size < expected && size > 0) {
      throw new RefusedException(
          name
              + " ends at "
              + size
              + ", but "
              + signed
              + " records were signed whose payloads end at "
              + expected
              + ": put the rest back, or begin a new journal");
    } else if (size > 0) {
      cut(file, expected);
    }
  }

  /** Syncs in any case: what a killed process wrote may be in memory only. */
  private void cut(Path file, long size) throws IOException {
    if (Files.size(file) > size) {
      disk.truncate(file, size);
    } else {
      try (Disk.Growing kept = disk.open(file)) {
        kept.sync();
      }
    }
  }
}

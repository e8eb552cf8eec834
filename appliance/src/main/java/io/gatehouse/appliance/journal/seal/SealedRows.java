package io.gatehouse.appliance.journal.seal;

import io.gatehouse.verifier.Checkpoint;
import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Reads the rows that are signed, in their order, while the sealer may go on behind them. Who acts
 * on what they say does so only when {@link #read} has returned: by then they were compared with
 * the newest checkpoint. One thread.
 */
public final class SealedRows {
  private static final int BUFFERED = 4_096;

  private final Path segments;
  private final Path checkpoint;
  private final List<VerifierKey> keys;
  private final BooleanSupplier stop;

  /**
   * @param stop whether nobody waits for it any more: reading a large journal takes minutes
   */
  public SealedRows(Path journal, List<VerifierKey> keys, BooleanSupplier stop) {
    this.stop = stop;
    this.segments = journal.resolve("segments");
    this.checkpoint = journal.resolve("tree").resolve("checkpoint");
    this.keys = List.copyOf(keys);
  }

  /**
   * What a row says.
   *
   * @param segment the index of the first row of its segment
   * @param retention number of the class
   * @param wall nanoseconds since 1970
   * @param dataKey zeros for clear text
   */
  public record Row(
      long segment, int kind, int retention, long wall, UUID boot, UUID session, UUID dataKey) {}

  /** Is told of every row. */
  public interface Visitor {
    /**
     * @param clear the payload, if it is in clear text and of the digest that the row has
     */
    void row(Row row, Clear clear) throws IOException;
  }

  /** A payload in clear text, read if it is asked for. */
  @FunctionalInterface
  public interface Clear {
    /** Empty if it is not there whole. */
    Optional<byte[]> read() throws IOException;
  }

  /** The first indexes of segments that are finished: all but the last one that is there. */
  public List<Long> finished() throws IOException {
    List<Long> all = List.copyOf(firsts());
    return all.isEmpty() ? all : all.subList(0, all.size() - 1);
  }

  private NavigableSet<Long> firsts() throws IOException {
    NavigableSet<Long> firsts = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(segments, "*.rows")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.matches("0[0-8][0-9]{18}\\.rows")) {
          firsts.add(Long.parseLong(name.substring(0, 20)));
        }
      }
    }
    return firsts;
  }

  /**
   * @throws RefusedException if they are not the rows that were signed
   */
  public void read(Visitor visitor) throws IOException, RefusedException {
    Checkpoint signed = newest();
    MerkleTree tree = new MerkleTree();
    for (long first : firsts()) {
      if (first < signed.size()) {
        read(first, signed.size(), tree, visitor);
      }
    }
    if (tree.size() != signed.size() || !tree.rootText().equals(signed.root())) {
      throw new RefusedException(
          "the rows are not those of checkpoint "
              + signed.number()
              + "; see what 'journal verify' says");
    }
  }

  private Checkpoint newest() throws IOException, RefusedException {
    try {
      return Checkpoint.open(Files.readAllBytes(checkpoint), keys);
    } catch (Checkpoint.NotSignedException e) {
      throw new RefusedException(checkpoint + " " + e.getMessage());
    }
  }

  private void read(long first, long until, MerkleTree tree, Visitor visitor)
      throws IOException, RefusedException {
    if (tree.size() != first) {
      throw new RefusedException(
          "records " + tree.size() + " to " + (first - 1) + " are not there");
    }
    MessageDigest digest = MerkleTree.sha256();
    ByteBuffer rows = ByteBuffer.allocate(BUFFERED * Head.ROW);
    long offsetOfClear = 0;
    try (FileChannel file = open(Segment.rows(first))) {
      while (tree.size() < until && fill(file, rows, (tree.size() - first) * Head.ROW)) {
        while (rows.remaining() >= Head.ROW && tree.size() < until) {
          ByteBuffer row = rows.slice(rows.position(), Head.ROW);
          rows.position(rows.position() + Head.ROW);
          tree.add(Place.leaf(digest, row));
          Head head = Head.of(row);
          visitor.row(read(first, head, row), clear(first, head, row, offsetOfClear));
          offsetOfClear += head.retention() == 0 ? head.length() : 0;
        }
        tree.takeFull();
        if (stop.getAsBoolean()) {
          throw new IOException("stopped while the journal was read");
        }
      }
    }
  }

  /** Whole rows, as many as there are and have room; whether there is one. */
  private static boolean fill(FileChannel file, ByteBuffer rows, long offset) throws IOException {
    rows.clear();
    while (rows.hasRemaining() && file.read(rows, offset + rows.position()) >= 0) {}
    rows.flip();
    return rows.remaining() >= Head.ROW;
  }

  private static Row read(long first, Head head, ByteBuffer row) {
    return new Row(
        first,
        head.kind(),
        head.retention(),
        row.getLong(16),
        uuid(row, 32),
        uuid(row, 48),
        uuid(row, 64));
  }

  private static UUID uuid(ByteBuffer row, int at) {
    return new UUID(row.getLong(at), row.getLong(at + Long.BYTES));
  }

  private Clear clear(long first, Head head, ByteBuffer row, long offset) {
    return () -> {
      if (head.retention() != 0 || head.length() > 4 << 20) {
        return Optional.empty();
      }
      ByteBuffer payload = ByteBuffer.allocate((int) head.length());
      byte[] said = new byte[Head.ROW - Head.BYTES];
      row.get(Head.BYTES, said);
      try (FileChannel file = open(Segment.payload(first, 0))) {
        boolean whole = Reading.fully(file, payload, offset);
        boolean same = whole && Arrays.equals(MerkleTree.sha256().digest(payload.array()), said);
        return same ? Optional.of(payload.array()) : Optional.empty();
      } catch (java.nio.file.NoSuchFileException e) {
        return Optional.empty();
      }
    };
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(segments.resolve(name), StandardOpenOption.READ);
  }

  /** Deletes the payloads of a class of a segment that is finished. Whether there were any. */
  public boolean deletePayloads(long segment, int retention) throws IOException {
    return Files.deleteIfExists(segments.resolve(Segment.payload(segment, retention)));
  }

  /** Makes durable what was deleted. */
  public void sync() throws IOException {
    try (FileChannel directory = FileChannel.open(segments, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}

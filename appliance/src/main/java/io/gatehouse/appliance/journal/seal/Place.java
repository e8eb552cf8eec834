package io.gatehouse.appliance.journal.seal;

import io.gatehouse.verifier.Checkpoint;
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
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where the last process stopped. What the newest checkpoint signed must be there; behind it, rows
 * that are whole and have their payload are kept, and the rest is cut off: the tail still has it.
 */
final class Place {
  /**
   * What is there now.
   *
   * @param tree of all rows
   * @param sequence of the last one
   * @param rebuilt whether tiles had to be made again of the rows
   * @param unnamed holes of the sequence that no recovered record names yet
   */
  record Found(
      MerkleTree tree,
      long sequence,
      Optional<Checkpoint> newest,
      boolean rebuilt,
      List<Recovery.Hole> unnamed) {}

  private final Path segments;
  private final Path treeDirectory;
  private final Disk disk;
  private final TreeSet<Long> firsts = new TreeSet<>();
  private boolean rebuilt;

  Place(Path journal, Disk disk) {
    this.segments = journal.resolve("segments");
    this.treeDirectory = journal.resolve("tree");
    this.disk = disk;
  }

  Found find(Checkpoints checkpoints, Tiles tiles) throws IOException, RefusedException {
    disk.createDirectories(segments);
    disk.createDirectories(treeDirectory);
    Optional<Checkpoint> newest = checkpoints.newest();
    long signed = newest.map(Checkpoint::size).orElse(0L);
    list();
    long rows = contiguous(signed, newest.isPresent());
    deletePayloadsWithoutRows(rows);
    MerkleTree tree = tree(newest, tiles);
    if (firsts.isEmpty()) {
      return new Found(tree, -1, newest, rebuilt, List.of());
    }
    compareLastTile(tree);
    long last = firsts.getLast();
    LastSegment end = new LastSegment(segments, disk, last);
    end.keep((int) (signed - last), (int) (rows - last), before(last), tree);
    long sequence = end.sequence();
    if (end.empty()) {
      firsts.remove(last);
    }
    try (Holes holes = new Holes(segments, firsts)) {
      return new Found(tree, sequence, newest, rebuilt, holes.unnamed(tree.size()));
    }
  }

  private void list() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(segments, "*.rows")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.matches("0[0-8][0-9]{18}\\.rows")) {
          firsts.add(Long.parseLong(name.substring(0, 20)));
        }
      }
    }
  }

  /** A loss of power may leave the names of some files of a new segment, but not of its rows. */
  private void deletePayloadsWithoutRows(long rows) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(segments, "*.payload")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean ours = name.matches("0[0-8][0-9]{18}\\.[0-9]{1,5}\\.payload");
        if (ours
            && Long.parseLong(name.substring(0, 20)) >= rows
            && !firsts.contains(Long.parseLong(name.substring(0, 20)))) {
          disk.delete(file);
        }
      }
    }
  }

  /** The number of whole rows, if the segments follow each other and reach as far as was signed. */
  private long contiguous(long signed, boolean everSigned) throws IOException, RefusedException {
    long rows = 0;
    for (long first : firsts) {
      if (first != rows) {
        throw new RefusedException(
            "records "
                + rows
                + " to "
                + (first - 1)
                + " are not in "
                + segments
                + ", and were signed: put the segment back, or begin a new journal");
      }
      if (first > signed || !everSigned) {
        throw new RefusedException(
            "the segment of record "
                + first
                + " is there, but the newest checkpoint is of "
                + signed
                + " records: checkpoints were set back, or taken away");
      }
      rows = first + Files.size(segments.resolve(Segment.rows(first))) / Head.ROW;
    }
    if (rows < signed) {
      throw new RefusedException(
          "records "
              + rows
              + " to "
              + (signed - 1)
              + " were signed and are not in "
              + segments
              + ": put them back, or begin a new journal");
    }
    return rows;
  }

  private MerkleTree tree(Optional<Checkpoint> newest, Tiles tiles)
      throws IOException, RefusedException {
    if (newest.isEmpty()) {
      return new MerkleTree();
    }
    Checkpoint signed = newest.get();
    Optional<MerkleTree> read = tiles.read(signed.size());
    if (read.isPresent() && read.get().rootText().equals(signed.root())) {
      return read.get();
    }
    MerkleTree made = new MerkleTree();
    for (long first : firsts) {
      addRows(made, first, signed.size());
    }
    if (!made.rootText().equals(signed.root())) {
      throw new RefusedException(
          "neither the tiles nor the rows are those of checkpoint "
              + signed.number()
              + ": they were changed; see what 'journal verify' says");
    }
    tiles.write(made);
    rebuilt = true;
    return made;
  }

  private void addRows(MerkleTree tree, long first, long until) throws IOException {
    MessageDigest digest = MerkleTree.sha256();
    try (FileChannel file = open(Segment.rows(first))) {
      ByteBuffer row = ByteBuffer.allocate(Head.ROW);
      while (tree.size() < until && Reading.fully(file, row, (tree.size() - first) * Head.ROW)) {
        tree.add(leaf(digest, row));
      }
    }
  }

  static byte[] leaf(MessageDigest digest, ByteBuffer row) {
    digest.update((byte) 0);
    digest.update(row.duplicate());
    return digest.digest();
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(segments.resolve(name), StandardOpenOption.READ);
  }

  /**
   * The rows that the next tile will be made of together with new ones; verifying is for the rest.
   */
  private void compareLastTile(MerkleTree tree) throws IOException, RefusedException {
    MerkleTree.Tile tile = tree.partial().stream().findFirst().orElse(null);
    if (tile == null || tile.level() != 0) {
      return;
    }
    MessageDigest digest = MerkleTree.sha256();
    ByteBuffer row = ByteBuffer.allocate(Head.ROW);
    for (int i = 0; i < tile.width(); i++) {
      long index = tile.number() * MerkleTree.WIDTH + i;
      long first = firsts.floor(index);
      try (FileChannel file = open(Segment.rows(first))) {
        boolean whole = Reading.fully(file, row, (index - first) * Head.ROW);
        byte[] hash = Arrays.copyOfRange(tile.hashes(), i * 32, i * 32 + 32);
        if (!whole || !Arrays.equals(leaf(digest, row), hash)) {
          throw new RefusedException(
              "record "
                  + index
                  + " in "
                  + Segment.rows(first)
                  + " is not the one that was signed; see what 'journal verify' says");
        }
      }
    }
  }

  /** The sequence of the record before the last segment, -1 if there is none. */
  private long before(long last) throws IOException {
    Long first = firsts.lower(last);
    if (first == null) {
      return -1;
    }
    ByteBuffer row = ByteBuffer.allocate(Head.ROW);
    try (FileChannel file = open(Segment.rows(first))) {
      if (!Reading.fully(file, row, (last - 1 - first) * Head.ROW)) {
        throw new IOException(Segment.rows(first) + " became shorter");
      }
    }
    return Head.of(row).sequence();
  }
}

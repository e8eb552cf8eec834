package io.gatehouse.verifier;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of C2SP tlog-tiles: reads leaf hashes from them, and compares each with the records.
 */
final class TileFiles implements Tree.Tiles {
  static final int WIDTH = 256;
  private static final int HASH = 32;

  /** The rightmost tile of a level, as it grows. */
  private static final class Edge {
    long number;
    int width;
    final byte[] hashes = new byte[WIDTH * HASH];
    // the partial tiles that a checkpoint promised, until the full one takes their place
    final BitSet promised = new BitSet(WIDTH);
  }

  private final Path journal;
  private final Path directory;
  private final Report report;
  private final Map<Integer, Edge> edges = new HashMap<>();
  private long cachedNumber = -1;
  private int behind;
  private byte[] cached = {};

  TileFiles(Path journal, Report report) {
    this.journal = journal;
    this.directory = journal.resolve("tree");
    this.report = report;
  }

  static String name(int level, long number) {
    StringBuilder path = new StringBuilder(String.format("%03d", number % 1000));
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      path.insert(0, String.format("x%03d/", rest % 1000));
    }
    return path.insert(0, "tile/" + level + "/").toString();
  }

  /** The hash of a leaf as level 0 has it, for a tree of that size; null if no tile has it. */
  byte @Nullable [] leaf(long index, long size) throws IOException {
    long number = index / WIDTH;
    int needed = (int) Math.min(WIDTH, size - number * WIDTH);
    if (number != cachedNumber || cached.length < needed * HASH) {
      byte[] read = read(number, needed);
      cached = number == cachedNumber && read.length < cached.length ? cached : read;
      cachedNumber = number;
    }
    int at = (int) (index % WIDTH) * HASH;
    return at + HASH > cached.length ? null : Arrays.copyOfRange(cached, at, at + HASH);
  }

  private byte[] read(long number, int width) throws IOException {
    byte[] full = Bytes.small(directory.resolve(name(0, number)), WIDTH * HASH);
    if (full == null && width < WIDTH) {
      full = Bytes.small(directory.resolve(name(0, number) + ".p/" + width), width * HASH);
    }
    return full == null ? new byte[0] : full;
  }

  /** Takes the next hash of a level, of the records as they should be. */
  @Override
  public void hash(int level, byte[] hash) {
    Edge edge = edges.computeIfAbsent(level, ignored -> new Edge());
    System.arraycopy(hash, 0, edge.hashes, edge.width++ * HASH, HASH);
    if (edge.width == WIDTH) {
      try {
        compare(level, edge);
      } catch (IOException e) {
        report.add(
            Kind.UNREADABLE, "tree/" + name(level, edge.number), 0, "the tile cannot be read");
      }
      edge.number++;
      edge.width = 0;
      edge.promised.clear();
    }
  }

  /** A checkpoint was made here: its partial tiles must be there until the full ones are. */
  void checkpoint() {
    edges.values().forEach(edge -> edge.promised.set(edge.width));
  }

  /**
   * Compares the tiles that are not full yet, and looks for tiles that belong to no record. False
   * if a level has more of them than one checkpoint needs that was never signed.
   */
  boolean finish() throws IOException {
    boolean plausible = true;
    for (Map.Entry<Integer, Edge> level : edges.entrySet()) {
      Edge edge = level.getValue();
      behind = 0;
      compare(level.getKey(), edge);
      plausible &= behind <= 1;
      String next = "tree/" + name(level.getKey(), edge.number + 1);
      if (Files.exists(journal.resolve(next))) {
        report.add(Kind.UNSEALED, next, 0, "a tile behind the newest checkpoint: not proved");
      }
    }
    return plausible;
  }

  private void compare(int level, Edge edge) throws IOException {
    String name = name(level, edge.number);
    boolean full = compare(name, edge, WIDTH);
    if (edge.width == WIDTH && !full) {
      report.add(Kind.MISSING, "tree/" + name, 0, "the tile is not there");
    }
    BitSet absent = (BitSet) edge.promised.clone();
    absent.clear(0);
    Path partials = directory.resolve(name + ".p");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(partials)) {
      for (Path file : files) {
        absent.clear(partial(name + ".p/" + file.getFileName(), edge));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // there are none, or they were just taken away because the full one is there
    }
    if (!full && !Files.exists(directory.resolve(name))) {
      absent.stream()
          .forEach(
              w ->
                  report.add(Kind.MISSING, "tree/" + name + ".p/" + w, 0, "the tile is not there"));
    }
  }

  private int partial(String name, Edge edge) throws IOException {
    String width = name.substring(name.lastIndexOf('/') + 1);
    if (width.matches("[1-9][0-9]{0,2}") && Integer.parseInt(width) < WIDTH) {
      compare(name, edge, Integer.parseInt(width));
      return Integer.parseInt(width);
    }
    report.add(Kind.FOREIGN, "tree/" + name, 0, "is not of the tree");
    return 0;
  }

  private boolean compare(String name, Edge edge, int width) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      return false;
    }
    int known = Math.min(width, edge.width) * HASH;
    byte[] stored = Bytes.small(file, width * HASH);
    if (stored == null && !Files.exists(file)) {
      return false;
    }
    if (stored == null || stored.length != width * HASH) {
      report.add(Kind.ALTERED, "tree/" + name, 0, "the tile is not " + width + " hashes long");
      return true;
    }
    int differs = Arrays.mismatch(stored, 0, known, edge.hashes, 0, known);
    if (differs >= 0) {
      report.add(
          Kind.ALTERED,
          "tree/" + name,
          (long) differs / HASH * HASH,
          "the hash is not that of the records");
    } else if (width > edge.width) {
      behind++;
      report.add(
          Kind.UNSEALED, "tree/" + name, known, "is behind the newest checkpoint: not proved");
    }
    return true;
  }
}

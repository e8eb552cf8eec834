package io.gatehouse.appliance.journal.seal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tiles on disk, as C2SP tlog-tiles names them. */
final class Tiles {
  private static final int MOST_LEVELS = 8;

  private final Path tree;
  private final Disk disk;
  // what is on disk already, by level: the tree is the same at many checkpoints
  private final Map<Integer, Place> written = new HashMap<>();

  private record Place(long number, int width) {}

  Tiles(Path tree, Disk disk) {
    this.tree = tree;
    this.disk = disk;
  }

  Path file(int level, long number) {
    StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", number % 1000));
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
    }
    return tree.resolve("tile").resolve(Integer.toString(level)).resolve(path.toString());
  }

  private Path partials(int level, long number) {
    Path full = file(level, number);
    return full.resolveSibling(full.getFileName() + ".p");
  }

  /** Writes what is new; when it returns, it is there whatever happens. */
  void write(MerkleTree from) throws IOException {
    for (MerkleTree.Tile tile : from.takeFull()) {
      put(file(tile.level(), tile.number()), tile.hashes());
      forgetPartials(partials(tile.level(), tile.number()));
    }
    for (MerkleTree.Tile tile : from.partial()) {
      Place place = new Place(tile.number(), tile.width());
      if (!place.equals(written.get(tile.level()))) {
        Path directory = partials(tile.level(), tile.number());
        put(directory.resolve(Integer.toString(tile.width())), tile.hashes());
        written.put(tile.level(), place);
      }
    }
  }

  private void put(Path file, byte[] hashes) throws IOException {
    disk.createDirectories(RealDisk.directory(file));
    disk.replace(file, hashes);
  }

  /** The specification allows it once the full tile is there. */
  private void forgetPartials(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        disk.delete(file);
      }
    }
    disk.delete(directory);
  }

  /** The tree of that size, made of its tiles; empty if one is not there or not whole. */
  Optional<MerkleTree> read(long size) throws IOException {
    List<MerkleTree.Tile> partial = new ArrayList<>();
    long hashes = size;
    for (int level = 0; hashes > 0 && level < MOST_LEVELS; level++) {
      long number = hashes / MerkleTree.WIDTH;
      int width = (int) (hashes % MerkleTree.WIDTH);
      Optional<byte[]> read = read(level, number, width);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      // a level without a partial tile still has its place
      partial.add(new MerkleTree.Tile(level, number, read.get()));
      hashes = number;
    }
    return Optional.of(MerkleTree.of(size, partial));
  }

  private Optional<byte[]> read(int level, long number, int width) throws IOException {
    if (width == 0) {
      return Optional.of(new byte[0]);
    }
    Path file = partials(level, number).resolve(Integer.toString(width));
    if (!Files.isRegularFile(file) || Files.size(file) != (long) width * MerkleTree.HASH) {
      return Optional.empty();
    }
    return Optional.of(Files.readAllBytes(file));
  }
}

package io.gatehouse.appliance.journal.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk that works until a given operation, which is done by half; from then on nothing does, as
 * for a process that is dead. {@link #losePower} then takes away what was never synced, or a part
 * of it. It only remembers what was synced, and spares the machine the rest.
 */
final class BreakingDisk implements Disk {
  /** What a dead process would not have seen. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final Random random;
  // how long each growing file was when it was synced last
  private final Map<Path, Long> synced = new HashMap<>();
  // names that are in no directory on the platter yet
  private final Set<Path> unnamed = new HashSet<>();
  private long left;

  BreakingDisk(long operations, long seed) {
    this.left = operations;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  private boolean last() throws Broken {
    left--;
    if (left < -1) {
      throw new Broken();
    }
    return left < 0;
  }

  /**
   * Cuts every file somewhere between what was synced and what was written, or puts zeros there.
   */
  void losePower() throws IOException {
    for (Path file : unnamed) {
      if (random.nextBoolean()) {
        Files.deleteIfExists(file);
      }
    }
    for (Map.Entry<Path, Long> file : synced.entrySet()) {
      if (!Files.exists(file.getKey())) {
        continue;
      }
      long size = Files.size(file.getKey());
      long keep = file.getValue() + (long) (random.nextDouble() * (size - file.getValue() + 1));
      try (FileChannel channel = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
        channel.truncate(Math.max(keep, 0));
        if (random.nextBoolean()) {
          channel.write(ByteBuffer.allocate((int) Math.max(0, size - keep)), keep);
        }
      }
    }
  }

  private void breakHere() throws Broken {
    if (last()) {
      throw new Broken();
    }
  }

  private final class BreakingFile implements Growing {
    private final Path path;
    private final FileChannel file;

    BreakingFile(Path path, FileChannel file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      boolean last = last();
      if (last) {
        bytes.limit(bytes.position() + random.nextInt(bytes.remaining() + 1));
      }
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      if (last) {
        throw new Broken();
      }
    }

    @Override
    public void sync() throws IOException {
      breakHere();
      synced.put(path, file.size());
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public Growing open(Path file) throws IOException {
    breakHere();
    boolean there = Files.exists(file);
    synced.putIfAbsent(file, there ? Files.size(file) : 0L);
    if (!there) {
      unnamed.add(file);
    }
    return new BreakingFile(
        file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    boolean last = last();
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    // half of the new file, or all of it without the rename
    int length = last ? random.nextInt(content.length + 1) : content.length;
    Files.write(fresh, Arrays.copyOf(content, length));
    if (last) {
      throw new Broken();
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void truncate(Path file, long size) throws IOException {
    breakHere();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
    synced.computeIfPresent(file, (path, old) -> size);
  }

  @Override
  public void delete(Path file) throws IOException {
    breakHere();
    Files.deleteIfExists(file);
    synced.remove(file);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    breakHere();
    Files.createDirectories(directory);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    breakHere();
    unnamed.removeIf(file -> directory.equals(file.getParent()));
  }
}

package io.gatehouse.appliance.journal.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Files and directories that are really there. A page of a mapping that has no block behind it
 * kills with a signal when the disk is full, so zeros are written, not promised.
 */
final class Allocation {
  private static final int AT_ONCE = 1 << 20;

  private Allocation() {}

  /** A new file of zeros, synced. */
  static void zeros(Path path, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(AT_ONCE, bytes));
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long written = 0; written < bytes; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - written));
        written += channel.write(zeros);
      }
      channel.force(true);
    }
  }

  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A directory that has files only. */
  static void remove(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}

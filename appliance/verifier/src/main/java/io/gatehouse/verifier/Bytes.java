package io.gatehouse.verifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was opened: what a running journal appends meanwhile is not seen. Only
 * plain files are opened, no link is followed: a journal may come from anywhere.
 */
final class Bytes implements Closeable {
  private static final int WINDOW = 65_536;

  private final FileChannel channel;
  private final long size;
  // most reads are of the next few bytes
  private final byte[] window;
  private long windowAt;
  private int filled;

  private Bytes(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
    this.window = new byte[(int) Math.min(WINDOW, size)];
  }

  /** The file, or null if it is not there, or is no plain file. */
  static @Nullable Bytes open(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      return new Bytes(channel, channel.size());
    } catch (NoSuchFileException e) {
      // a running journal has just taken it away
      return null;
    }
  }

  /** The whole of a small file, or null if it is not there or longer than this. */
  static byte @Nullable [] small(Path file, int longest) throws IOException {
    try (Bytes bytes = open(file)) {
      return bytes == null || bytes.size > longest ? null : bytes.at(0, (int) bytes.size);
    }
  }

  long size() {
    return size;
  }

  /** Exactly so many bytes, or null if the file ends before. */
  byte @Nullable [] at(long offset, int length) throws IOException {
    if (offset < 0 || length < 0 || offset > size - length) {
      return null;
    }
    if (length <= window.length && (offset < windowAt || offset + length > windowAt + filled)) {
      windowAt = offset;
      filled = read(ByteBuffer.wrap(window), offset);
    }
    if (length <= window.length) {
      int from = (int) (offset - windowAt);
      return length > filled - from ? null : Arrays.copyOfRange(window, from, from + length);
    }
    ByteBuffer read = ByteBuffer.allocate(length);
    return read(read, offset) < length ? null : read.array();
  }

  private int read(ByteBuffer into, long offset) throws IOException {
    while (into.hasRemaining() && channel.read(into, offset + into.position()) >= 0) {}
    return into.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

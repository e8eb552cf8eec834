package io.gatehouse.appliance.policy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Changes to files that are there as a whole or not at all, also after a power cut. */
final class Durable {
  private Durable() {}

  /** A name beside the final one that no reader looks for. */
  static Path draft(Path file) {
    return file.resolveSibling("." + UUID.randomUUID() + ".new");
  }

  static void write(Path file, byte[] content, OpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, mode)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    settle(file);
  }

  static void replace(Path file, String content) throws IOException {
    Path draft = draft(file);
    try {
      write(draft, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
      rename(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  static void rename(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    settle(file);
  }

  /** A name is in its folder for good only when the folder is on disk. */
  static void settle(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}

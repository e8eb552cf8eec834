package io.gatehouse.spi.testing;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a server that a test starts keeps its data: in memory where the system has room for that.
 * Tests make and drop databases by the hundred, and on a disk each costs some hundred files.
 */
public final class ServerFolder {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** Containers often give much less than this, and a server stops when nothing is left. */
  private static final long ROOM = 2L << 30;

  private ServerFolder() {}

  /** A new one, empty. Who asked for it deletes it. */
  public static Path create() throws IOException {
    return roomy() ? Files.createTempDirectory(MEMORY, "pg") : Files.createTempDirectory("pg");
  }

  private static boolean roomy() throws IOException {
    if (!Files.isWritable(MEMORY)) {
      return false;
    }
    FileStore store = Files.getFileStore(MEMORY);
    return store.type().equals("tmpfs") && store.getUsableSpace() > ROOM;
  }
}

package io.gatehouse.appliance.journal.seal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What the sealer does to files, and nothing else does: the seam where tests break the disk. */
interface Disk {
  /** A file that only grows. */
  interface Growing extends Closeable {
    /** Writes all that remains in the buffer behind the end. */
    void append(ByteBuffer bytes) throws IOException;

    /** Returns when all that was appended survives a loss of power. */
    void sync() throws IOException;
  }

  /**
   * Opens for appending, and creates it if it is not there; that the name lasts needs {@link
   * #syncDirectory}.
   */
  Growing open(Path file) throws IOException;

  /** Puts a whole file in its place at once: after a crash there is the old one or the new one. */
  void replace(Path file, byte[] content) throws IOException;

  /** Cuts the end off, durably. */
  void truncate(Path file, long size) throws IOException;

  void delete(Path file) throws IOException;

  /** Creates the directory and all above it, durably. */
  void createDirectories(Path directory) throws IOException;

  /** Makes durable which names are in the directory. */
  void syncDirectory(Path directory) throws IOException;
}

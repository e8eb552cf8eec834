package io.gatehouse.appliance.journal.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

/** Reads from files that may end too early. */
final class Reading {
  private static final int PIECE = 65_536;

  private Reading() {}

  /** Fills the buffer from that place on and makes it ready to be read; false if the file ends. */
  static boolean fully(FileChannel file, ByteBuffer into, long offset) throws IOException {
    into.clear();
    while (into.hasRemaining()) {
      if (file.read(into, offset + into.position()) < 0) {
        return false;
      }
    }
    into.flip();
    return true;
  }

  /** Adds a part of a file to a digest; false if the file ends before. */
  static boolean digest(FileChannel file, long offset, long length, MessageDigest into)
      throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, length));
    for (long done = 0; done < length; done += piece.capacity()) {
      ByteBuffer part = piece.slice(0, (int) Math.min(piece.capacity(), length - done));
      if (!fully(file, part, offset + done)) {
        return false;
      }
      into.update(part);
    }
    return true;
  }
}

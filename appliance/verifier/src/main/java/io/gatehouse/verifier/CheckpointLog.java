package io.gatehouse.verifier;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The notes of {@code tree/checkpoints.log}, one behind the other: lines, an empty line, and the
 * lines that begin with a dash. Whatever was done to one note, the reader is in step again at the
 * next but one.
 */
final class CheckpointLog implements Closeable {
  private static final int BUFFER = 65_536;
  private static final int LONGEST_NOTE = 16_384;
  private static final byte[] DASH = "\u2014 ".getBytes(StandardCharsets.UTF_8);

  private final Bytes file;
  private byte[] buffer = {};
  private long bufferAt;
  private long position;
  private boolean torn;

  CheckpointLog(Bytes file, long position) {
    this.file = file;
    this.position = position;
  }

  /** Where the next note begins. */
  long position() {
    return position;
  }

  /** Whether the file ended within the note that was read last. */
  boolean torn() {
    return torn;
  }

  /** The bytes of the next note, cut if it is too long to be one; null at the end. */
  byte @Nullable [] next() throws IOException {
    if (position >= file.size()) {
      return null;
    }
    ByteArrayOutputStream note = new ByteArrayOutputStream();
    boolean text = true;
    boolean signatures = false;
    while (position < file.size() && (text || startsWithDash())) {
      signatures |= !text;
      int length = line(note);
      text &= length != 1;
    }
    boolean cut = position >= file.size() && byteAt(position - 1) != '\n';
    torn = cut || (!signatures && nothingSignedBehind());
    return note.toByteArray();
  }

  /** A loss of power leaves half a note, and then zeros as far as the file had grown. */
  private boolean nothingSignedBehind() throws IOException {
    long from = position;
    boolean near = file.size() - from <= LONGEST_NOTE;
    while (near && position < file.size() && !startsWithDash()) {
      position++;
    }
    boolean nothing = near && position >= file.size();
    position = nothing ? position : from;
    return nothing;
  }

  private boolean startsWithDash() throws IOException {
    for (int i = 0; i < DASH.length; i++) {
      if (position + i >= file.size() || byteAt(position + i) != DASH[i]) {
        return false;
      }
    }
    return true;
  }

  private int line(ByteArrayOutputStream note) throws IOException {
    int length = 0;
    while (position < file.size()) {
      int next = byteAt(position++);
      length = Math.min(length + 1, LONGEST_NOTE);
      if (note.size() < LONGEST_NOTE) {
        note.write(next);
      }
      if (next == '\n') {
        break;
      }
    }
    return length;
  }

  private int byteAt(long offset) throws IOException {
    if (offset < bufferAt || offset >= bufferAt + buffer.length) {
      byte[] read = file.at(offset, (int) Math.min(BUFFER, file.size() - offset));
      if (read == null) {
        throw new IOException("the file became shorter while it was read");
      }
      buffer = read;
      bufferAt = offset;
    }
    return buffer[(int) (offset - bufferAt)];
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

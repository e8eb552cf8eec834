package io.gatehouse.appliance.journal.seal;

import io.gatehouse.verifier.Checkpoint;
import io.gatehouse.verifier.VerifierKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code tree/checkpoint} and {@code tree/checkpoints.log}; first the log, then the newest. */
final class Checkpoints {
  // a note is less than a kilobyte: the end of the log that is read holds several
  private static final int END = 65_536;
  private static final byte[] DASH = "\n\n\u2014 ".getBytes(StandardCharsets.UTF_8);

  private final Path tree;
  private final Disk disk;
  private final List<VerifierKey> keys;

  Checkpoints(Path tree, Disk disk, List<VerifierKey> keys) {
    this.tree = tree;
    this.disk = disk;
    this.keys = List.copyOf(keys);
  }

  private Path log() {
    return tree.resolve("checkpoints.log");
  }

  private Path newestFile() {
    return tree.resolve("checkpoint");
  }

  void add(byte[] note) throws IOException {
    try (Disk.Growing log = disk.open(log())) {
      log.append(ByteBuffer.wrap(note));
      log.sync();
    }
    disk.syncDirectory(tree);
    disk.replace(newestFile(), note);
  }

  /**
   * The last whole checkpoint of the log; half a one behind it, which a crash left, is cut off.
   * Empty if nothing was ever signed.
   */
  Optional<Checkpoint> newest() throws IOException, RefusedException {
    long size = Files.exists(log()) ? Files.size(log()) : 0;
    byte[] end = end(size);
    int whole = lastNewline(end) + 1;
    Optional<Checkpoint> newest = Optional.empty();
    // a line that is whole may still be the text of a note whose signature was cut off
    while (whole > 0 && newest.isEmpty()) {
      int signature = lastIndexOf(end, DASH, whole);
      if (signature < 0) {
        whole = 0;
      } else if (nextNewline(end, signature + DASH.length) + 1 < whole) {
        whole = nextNewline(end, signature + DASH.length) + 1;
      } else {
        newest = Optional.of(open(end, signature, whole));
      }
    }
    compare(newest);
    int torn = end.length - whole;
    if (torn > 0 && (newest.isPresent() || size <= END)) {
      disk.truncate(log(), size - torn);
    }
    return newest;
  }

  private byte[] end(long size) throws IOException {
    ByteBuffer end = ByteBuffer.allocate((int) Math.min(size, END));
    if (size > 0) {
      try (FileChannel log = FileChannel.open(log(), StandardOpenOption.READ)) {
        while (end.hasRemaining() && log.read(end, size - end.capacity() + end.position()) >= 0) {}
      }
    }
    return end.array();
  }

  private Checkpoint open(byte[] end, int blank, int whole) throws RefusedException {
    int begin = blank;
    // a checkpoint has five lines: origin, size, root, utc, number
    for (int lines = 0; lines < 5 && begin >= 0; lines++) {
      begin = lastIndexOf(end, new byte[] {'\n'}, begin);
    }
    byte[] note = Arrays.copyOfRange(end, begin + 1, whole);
    try {
      return Checkpoint.open(note, keys);
    } catch (Checkpoint.NotSignedException e) {
      throw new RefusedException(
          "the newest checkpoint in "
              + log()
              + " "
              + e.getMessage()
              + "; was the signing key changed, or the log?");
    }
  }

  /** The file may be one behind the log, after a crash; then it is put right. */
  private void compare(Optional<Checkpoint> newest) throws IOException, RefusedException {
    if (!Files.exists(newestFile())) {
      if (newest.isPresent() && newest.get().number() > 0) {
        throw new RefusedException(newestFile() + " is not there, but the log of checkpoints is");
      }
      return;
    }
    Checkpoint named;
    try {
      named = Checkpoint.open(Files.readAllBytes(newestFile()), keys);
    } catch (Checkpoint.NotSignedException e) {
      throw new RefusedException(newestFile() + " " + e.getMessage());
    }
    long logged = newest.map(Checkpoint::number).orElse(-1L);
    if (named.number() > logged || named.number() < logged - 1) {
      throw new RefusedException(
          newestFile()
              + " is number "
              + named.number()
              + ", the last in the log "
              + logged
              + ": one of them was set back");
    }
  }

  private static int lastNewline(byte[] bytes) {
    return lastIndexOf(bytes, new byte[] {'\n'}, bytes.length);
  }

  private static int nextNewline(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Where the pattern begins last, of those that end at or before that place; -1 for nowhere. */
  private static int lastIndexOf(byte[] bytes, byte[] pattern, int end) {
    for (int at = end - pattern.length; at >= 0; at--) {
      if (Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
        return at;
      }
    }
    return -1;
  }
}

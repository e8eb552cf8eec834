package io.gatehouse.appliance.journal.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A directory, best on another machine's disk: a file for each checkpoint, never replaced. */
public record FileDrop(Path directory) implements Anchor {
  @Override
  public String name() {
    return "directory " + directory;
  }

  @Override
  public void drop(long number, byte[] note) throws IOException {
    Path file = directory.resolve(String.format(Locale.ROOT, "%020d.checkpoint", number));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(note);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    new RealDisk().syncDirectory(directory);
  }
}

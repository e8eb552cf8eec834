package io.gatehouse.appliance.policy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** The file that says who activated what and when; only ever appended to. */
record ActivationRecord(Path file) {

  FileChannel open() throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Under a lock. What a crash left of a line becomes a line of its own, which says nothing. */
  void append(FileChannel channel, Activation activation) throws IOException {
    long end = channel.size();
    String start = end == 0 || lastByte(channel, end) == '\n' ? "" : "\n";
    ByteBuffer line =
        ByteBuffer.wrap((start + activation.line() + "\n").getBytes(StandardCharsets.UTF_8));
    channel.position(end);
    while (line.hasRemaining()) {
      channel.write(line);
    }
    channel.force(true);
    Durable.settle(file);
  }

  private static byte lastByte(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    channel.read(last, end - 1);
    return last.get(0);
  }

  Optional<Activation> last() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<Activation> all =
        Files.readAllLines(file).stream().flatMap(line -> Activation.parse(line).stream()).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }
}

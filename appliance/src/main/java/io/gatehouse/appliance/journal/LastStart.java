package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.tail.Syncing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a process writes down when it starts to write the tail, for the one that finds the tail.
 *
 * @param sync each, interval or os
 * @param machine what the kernel calls its own start; empty where it has no name for it
 * @param queues how many are written at a time
 */
record LastStart(String sync, String machine, int queues) {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");

  static LastStart now(Syncing syncing, int queues) throws IOException {
    return new LastStart(word(syncing), kernelStart(), queues);
  }

  static String word(Syncing syncing) {
    return switch (syncing) {
      case Syncing.Each _ -> "each";
      case Syncing.Interval _ -> "interval";
      case Syncing.Os _ -> "os";
    };
  }

  private static String kernelStart() throws IOException {
    return Files.isReadable(KERNEL) ? Files.readString(KERNEL).strip() : "";
  }

  /** Of the process before; empty if there was none, or it died before it wrote it. */
  static Optional<LastStart> read(Path tail) throws IOException {
    Path file = tail.resolve("start");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> words = List.of(Files.readString(file).strip().split(" ", -1));
    return words.size() == 3 && words.get(2).matches("[0-9]{1,6}")
        ? Optional.of(new LastStart(words.get(0), words.get(1), Integer.parseInt(words.get(2))))
        : Optional.empty();
  }

  void write(Path tail) throws IOException {
    Files.createDirectories(tail);
    Path next = tail.resolve("start.next");
    Files.writeString(next, sync + " " + machine + " " + queues + "\n");
    Files.move(
        next,
        tail.resolve("start"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}

package io.gatehouse.appliance.journal.note;

import io.gatehouse.appliance.journal.record.ControlRecord.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.SecretKey;

/** Where who reads leaves notes: files in a directory of the journal, which the gate takes. */
public final class ReadingNotes {
  static final String ENDING = ".note";
  private static final String SUDO = "SUDO_USER";

  private final Path directory;
  private final NoteSeal seal;
  private final Map<String, String> environment;
  private final Clock clock;

  public ReadingNotes(Path journal, SecretKey key, Map<String, String> environment, Clock clock) {
    directory = directory(journal);
    seal = new NoteSeal(key);
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  static Path directory(Path journal) {
    return journal.resolve("readings");
  }

  /**
   * Leaves a note; it is on the disk when this returns.
   *
   * @param records how many were shown; 0 before the first one is
   * @throws IOException if it is not, and nothing may be shown
   */
  public void leave(String action, List<String> arguments, long records, String result)
      throws IOException {
    Files.createDirectories(directory);
    String name = UUID.randomUUID().toString();
    Path fresh = directory.resolve(name + ".tmp");
    try {
      try (FileChannel file =
          FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        List<String> timed = new ArrayList<>(List.of("at " + clock.instant()));
        timed.addAll(arguments);
        ByteBuffer bytes =
            ByteBuffer.wrap(seal.seal(new Reading(actor(fresh), action, timed, records, result)));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        // Encrypted, so anybody may read it, and the gate has to.
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
        file.force(true);
      }
      Files.move(fresh, directory.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
    sync(directory);
  }

  /** The system's word for who writes, which no option of the process changes. */
  private String actor(Path file) throws IOException {
    String owner = Files.getOwner(file).getName();
    String before = environment.get(SUDO);
    return before == null ? owner : owner + ", by sudo from " + before;
  }

  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

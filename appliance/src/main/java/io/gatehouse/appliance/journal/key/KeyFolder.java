package io.gatehouse.appliance.journal.key;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of slots, found by their numbers. Not thread-safe. */
final class KeyFolder {
  private static final Pattern NAME = Pattern.compile("[0-9]{1,9}\\.keys");
  private static final String UNFINISHED = ".new";

  private final Path directory;

  private KeyFolder(Path directory) {
    this.directory = directory;
  }

  /** Makes it, readable by nobody else, if it is not there; removes what a crash left half done. */
  static KeyFolder open(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path left : files.filter(path -> path.toString().endsWith(UNFINISHED)).toList()) {
        Files.delete(left);
      }
    }
    return new KeyFolder(directory);
  }

  /** The newest first. */
  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
          .sorted(Comparator.comparingInt(KeyFolder::number).reversed())
          .toList();
    }
  }

  private static int number(Path file) {
    String name = file.getFileName().toString();
    return Integer.parseInt(name.substring(0, name.indexOf('.')));
  }

  /** A file that nothing was ever in, so that a torn end stays what it is. */
  KeyFile next() throws IOException {
    List<Path> files = files();
    int number = files.isEmpty() ? 0 : number(files.getFirst()) + 1;
    KeyFile file = KeyFile.create(directory.resolve(number + ".keys"));
    sync();
    return file;
  }

  Optional<KeySlot> find(UUID id) throws IOException {
    for (Path path : files()) {
      try (KeyFile file = KeyFile.open(path)) {
        Optional<KeyFile.Placed> placed = file.find(id);
        if (placed.isPresent()) {
          return placed.map(KeyFile.Placed::slot);
        }
      }
    }
    return Optional.empty();
  }

  boolean shred(UUID id) throws IOException {
    for (Path path : files()) {
      try (KeyFile file = KeyFile.open(path)) {
        Optional<KeyFile.Placed> placed = file.find(id);
        if (placed.isPresent()) {
          file.replace(placed.get().index(), placed.get().slot().shredded());
          return true;
        }
      }
    }
    return false;
  }

  /** One sync a file, however many are in it. */
  void shred(Set<UUID> ids) throws IOException {
    for (Path path : files()) {
      try (KeyFile file = KeyFile.open(path)) {
        List<KeyFile.Placed> shredded = new ArrayList<>();
        file.visit(
            (index, slot) -> {
              slot.filter(one -> one.live() && ids.contains(one.id()))
                  .ifPresent(one -> shredded.add(new KeyFile.Placed(index, one.shredded())));
              return true;
            });
        file.replace(shredded);
        file.wipeDamaged(ids);
      }
    }
  }

  /** All slots that are whole. */
  void visit(Consumer<KeySlot> visitor) throws IOException {
    for (Path path : files()) {
      try (KeyFile file = KeyFile.open(path)) {
        file.visit(
            (_, slot) -> {
              slot.ifPresent(visitor);
              return true;
            });
      }
    }
  }

  interface Change {
    KeySlot apply(KeySlot slot) throws IOException;
  }

  /**
   * Puts a changed file in the place of each. A crash leaves each file as it was or as it is to be,
   * never between; what is behind a damaged slot is not given up for it.
   *
   * @throws IOException before a file is replaced if one of its slots cannot be changed
   */
  void replaceAll(Change change) throws IOException {
    for (Path path : files()) {
      try (KeyFile old = KeyFile.open(path)) {
        Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
        write(unfinished, changed(path, old, change));
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        sync();
        old.wipe();
      }
    }
  }

  private static List<KeySlot> changed(Path path, KeyFile old, Change change) throws IOException {
    List<KeySlot> changed = new ArrayList<>();
    old.visit(
        (index, slot) -> {
          if (slot.isEmpty()) {
            throw new IOException("slot " + index + " of " + path + " is damaged");
          }
          changed.add(change.apply(slot.get()));
          return true;
        });
    return changed;
  }

  private static void write(Path path, List<KeySlot> slots) throws IOException {
    try (KeyFile file = KeyFile.create(path)) {
      file.append(slots);
    }
  }

  private void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

package io.gatehouse.appliance.journal.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds data keys while the gate makes them, without writing anything. It remembers where the slots
 * are, up to 96 bytes for each, and looks at the slot itself each time, so that a key is gone as soon as
 * it is shredded. Not thread-safe.
 */
public final class KeyShelf implements AutoCloseable {
  private static final int WINDOW = 512 * KeySlot.BYTES;

  private final Path directory;
  private final Map<String, KeyEncryptionKey> wrapping = new HashMap<>();
  private List<FileChannel> files = new ArrayList<>();
  private Places places = new Places();

  private KeyShelf(Path directory) {
    this.directory = directory;
  }

  /**
   * @param wrapping what slots may be wrapped under
   */
  public static KeyShelf open(Path directory, List<KeyEncryptionKey> wrapping) throws IOException {
    KeyShelf shelf = new KeyShelf(directory);
    wrapping.forEach(key -> shelf.wrapping.put(key.name(), key));
    shelf.look();
    return shelf;
  }

  /** A key of the journal, or what became of it. */
  public Found find(UUID id) throws IOException {
    Optional<KeySlot> slot = slot(id);
    if (slot.isEmpty()) {
      // It may be younger than what was looked at, or its file was replaced by another.
      look();
      slot = slot(id);
    }
    if (slot.isEmpty()) {
      return new Found.Unknown();
    }
    return slot.get().live() ? unwrapped(slot.get()) : new Found.Shredded();
  }

  private Found unwrapped(KeySlot slot) {
    KeySlot.Wrapping by = slot.wrapping();
    KeyEncryptionKey key = wrapping.get(by.by());
    if (key == null) {
      return new Found.Locked(
          "the key-encryption key named " + by.by() + " is not the configured one");
    }
    try {
      byte[] clear = key.unwrap(by.wrapped(), by.nonce(), slot.bound(by.by()));
      return new Found.Live(new DataKey(slot.id(), slot.session(), slot.retentionClass(), clear));
    } catch (IOException e) {
      return new Found.Locked(String.valueOf(e.getMessage()));
    }
  }

  private Optional<KeySlot> slot(UUID id) throws IOException {
    long place = places.of(id);
    if (place < 0) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(KeySlot.BYTES);
    FileChannel file = files.get((int) (place >>> 32));
    if (!fill(file, bytes, (place & 0xffff_ffffL) * KeySlot.BYTES)) {
      return Optional.empty();
    }
    return KeySlot.read(bytes).filter(slot -> slot.id().equals(id));
  }

  private void look() throws IOException {
    close();
    files = new ArrayList<>();
    places = new Places();
    ByteBuffer window = ByteBuffer.allocate(WINDOW);
    for (Path path : paths()) {
      FileChannel file;
      try {
        file = FileChannel.open(path, StandardOpenOption.READ);
      } catch (NoSuchFileException e) {
        continue; // replaced at this moment: found when it is looked for again
      }
      files.add(file);
      look(file, files.size() - 1, window);
    }
  }

  private void look(FileChannel file, int number, ByteBuffer window) throws IOException {
    int slots = (int) Math.min(file.size() / KeySlot.BYTES, KeyFile.MOST_SLOTS);
    int slot = 0;
    while (slot < slots) {
      int count = Math.min(slots - slot, WINDOW / KeySlot.BYTES);
      window.clear().limit(count * KeySlot.BYTES);
      if (!fill(file, window, (long) slot * KeySlot.BYTES)) {
        return;
      }
      for (int i = 0; i < count; i++, slot++) {
        long most = window.getLong(i * KeySlot.BYTES);
        long least = window.getLong(i * KeySlot.BYTES + Long.BYTES);
        places.put(most, least, (long) number << 32 | slot);
      }
    }
  }

  private List<Path> paths() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.keys")) {
      all.forEach(paths::add);
    }
    paths.sort(Comparator.comparing(path -> path.getFileName().toString()));
    return paths;
  }

  private static boolean fill(FileChannel file, ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = file.read(into, at);
      if (count < 0) {
        return false;
      }
      at += count;
    }
    into.flip();
    return true;
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : files) {
      file.close();
    }
  }
}

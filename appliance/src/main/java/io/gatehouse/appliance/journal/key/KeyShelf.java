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
 * are, up to 96 bytes for each, and looks at the slot itself each time, so that a key is gone as
 * soon as it is shredded. Not thread-safe.
 */
public final class KeyShelf implements AutoCloseable {
  private static final int WINDOW = 512 * KeySlot.BYTES;

  /** A slot of a file that grows may be half written when it is looked at. */
  private static final int MOST_HALF_WRITTEN = 1_024;

  private final Path directory;
  private final Map<String, KeyEncryptionKey> wrapping = new HashMap<>();
  private final Map<Path, Looked> files = new HashMap<>();
  private final List<FileChannel> channels = new ArrayList<>();
  private final Places places = new Places();

  /**
   * A file as far as it was looked at.
   *
   * @param key what the system knows it by: another file may take its name
   */
  private record Looked(Object key, int number, int slots) {}

  /**
   * Looks at nothing yet.
   *
   * @param wrapping what slots may be wrapped under
   */
  public KeyShelf(Path directory, List<KeyEncryptionKey> wrapping) {
    this.directory = directory;
    wrapping.forEach(key -> this.wrapping.put(key.name(), key));
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
    FileChannel file = channels.get((int) (place >>> 32));
    if (!fill(file, bytes, (place & 0xffff_ffffL) * KeySlot.BYTES)) {
      return Optional.empty();
    }
    return KeySlot.read(bytes).filter(slot -> slot.id().equals(id));
  }

  private void look() throws IOException {
    for (Path path : paths()) {
      try {
        look(path);
      } catch (NoSuchFileException e) {
        // Replaced at this moment: found when it is looked for again.
      }
    }
  }

  private void look(Path path) throws IOException {
    Object key = Files.getAttribute(path, "unix:ino");
    Looked looked = files.get(path);
    if (looked == null || !looked.key().equals(key)) {
      channels.add(FileChannel.open(path, StandardOpenOption.READ));
      looked = new Looked(key, channels.size() - 1, 0);
    }
    int from = Math.max(0, looked.slots() - MOST_HALF_WRITTEN);
    files.put(path, new Looked(key, looked.number(), look(looked.number(), from)));
  }

  /** Up to which slot it came. */
  private int look(int number, int from) throws IOException {
    FileChannel file = channels.get(number);
    ByteBuffer window = ByteBuffer.allocate(WINDOW);
    int slots = (int) Math.min(file.size() / KeySlot.BYTES, KeyFile.MOST_SLOTS);
    int slot = from;
    while (slot < slots) {
      int count = Math.min(slots - slot, WINDOW / KeySlot.BYTES);
      window.clear().limit(count * KeySlot.BYTES);
      if (!fill(file, window, (long) slot * KeySlot.BYTES)) {
        return slot;
      }
      for (int i = 0; i < count; i++, slot++) {
        long most = window.getLong(i * KeySlot.BYTES);
        long least = window.getLong(i * KeySlot.BYTES + Long.BYTES);
        places.put(most, least, (long) number << 32 | slot);
      }
    }
    return slot;
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
    for (FileChannel file : channels) {
      file.close();
    }
  }
}

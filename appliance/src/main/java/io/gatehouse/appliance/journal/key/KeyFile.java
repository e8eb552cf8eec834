package io.gatehouse.appliance.journal.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One file of slots. Not thread-safe. */
final class KeyFile implements AutoCloseable {
  /** Eight mebibytes, which is read whole to wrap it anew. */
  static final int MOST_SLOTS = 1 << 16;

  private static final int WINDOW_SLOTS = 512;

  private final FileChannel channel;
  private int slots;

  private KeyFile(FileChannel channel, int slots) {
    this.channel = channel;
    this.slots = slots;
  }

  /** A slot and its place. */
  record Placed(int index, KeySlot slot) {}

  interface Visitor {
    /** Whether to go on. Empty for a slot whose checksum is wrong. */
    boolean visit(int index, Optional<KeySlot> slot) throws IOException;
  }

  static KeyFile create(Path path) throws IOException {
    return new KeyFile(
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        0);
  }

  /** A slot that a crash cut short is not counted: no record was written under its key. */
  static KeyFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new KeyFile(channel, (int) Math.min(channel.size() / KeySlot.BYTES, MOST_SLOTS));
  }

  boolean full() {
    return slots >= MOST_SLOTS;
  }

  /** All of them or, if it throws, none. */
  void append(List<KeySlot> added) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(added.size() * KeySlot.BYTES);
    added.forEach(slot -> bytes.put(slot.bytes()));
    write((long) slots * KeySlot.BYTES, bytes.flip());
    channel.force(true);
    slots += added.size();
  }

  void replace(int index, KeySlot slot) throws IOException {
    write((long) index * KeySlot.BYTES, ByteBuffer.wrap(slot.bytes()));
    channel.force(true);
  }

  void replace(List<Placed> changed) throws IOException {
    for (Placed one : changed) {
      write((long) one.index() * KeySlot.BYTES, ByteBuffer.wrap(one.slot().bytes()));
    }
    if (!changed.isEmpty()) {
      channel.force(true);
    }
  }

  /** Of a slot whose checksum is wrong the key might still be read. */
  void wipeDamaged(Set<UUID> ids) throws IOException {
    List<Integer> damaged = new ArrayList<>();
    visit(
        (index, slot) -> {
          if (slot.isEmpty()) {
            damaged.add(index);
          }
          return true;
        });
    ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
    for (int index : damaged) {
      long at = (long) index * KeySlot.BYTES;
      read(at, id.clear());
      if (ids.contains(new UUID(id.getLong(0), id.getLong(Long.BYTES)))) {
        write(at, ByteBuffer.allocate(KeySlot.BYTES));
        channel.force(true);
      }
    }
  }

  void visit(Visitor visitor) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(WINDOW_SLOTS * KeySlot.BYTES);
    for (int first = 0; first < slots; first += WINDOW_SLOTS) {
      window.clear().limit(Math.min(WINDOW_SLOTS, slots - first) * KeySlot.BYTES);
      read((long) first * KeySlot.BYTES, window);
      window.flip();
      for (int index = first; window.hasRemaining(); index++) {
        if (!visitor.visit(index, KeySlot.read(window))) {
          return;
        }
      }
    }
  }

  Optional<Placed> find(UUID id) throws IOException {
    Placed[] found = new Placed[1];
    visit(
        (index, slot) -> {
          slot.filter(one -> one.id().equals(id))
              .ifPresent(one -> found[0] = new Placed(index, one));
          return found[0] == null;
        });
    return Optional.ofNullable(found[0]);
  }

  /** What is left of the keys when another file has taken this one's place. */
  void wipe() throws IOException {
    write(0, ByteBuffer.allocate(slots * KeySlot.BYTES));
    channel.force(true);
  }

  private void write(long position, ByteBuffer bytes) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private void read(long position, ByteBuffer into) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        throw new IOException("a file of keys became shorter while it was read");
      }
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

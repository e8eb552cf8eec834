package io.gatehouse.appliance.journal.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes data keys, finds them again and destroys them.
 *
 * <p>{@link #make} may be called on an event loop: a thread of its own writes the slots, all that
 * came together with one sync. Everything else may wait for a disk. No key is kept in memory here.
 */
public final class DataKeys implements AutoCloseable {
  private static final int MOST_AT_ONCE = 1024;
  private static final long NANOS = 1_000_000_000L;

  private final KeyFolder folder;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread;

  /** Held while files are read or written. */
  private final ReentrantLock files = new ReentrantLock();

  private final Map<String, KeyEncryptionKey> keys = new HashMap<>();
  private KeyEncryptionKey current;
  private Optional<KeyFile> file = Optional.empty();

  private record Wish(UUID session, int retentionClass, CompletableFuture<DataKey> answer) {}

  private DataKeys(
      KeyFolder folder, KeyEncryptionKey current, List<KeyEncryptionKey> others, InstantSource c) {
    this.folder = folder;
    this.current = current;
    this.clock = c;
    others.forEach(key -> keys.put(key.name(), key));
    keys.put(current.name(), current);
    thread = Thread.ofPlatform().daemon().name("journal-keys").unstarted(this::work);
  }

  /**
   * Opens the folder, or makes it.
   *
   * @param others what older slots may still be wrapped under
   */
  public static DataKeys open(
      Path directory, KeyEncryptionKey current, List<KeyEncryptionKey> others, InstantSource clock)
      throws IOException {
    DataKeys keys = new DataKeys(KeyFolder.open(directory), current, others, clock);
    keys.thread.start();
    return keys;
  }

  /**
   * A new key, whose slot is synced when the answer comes. It comes on the thread of the keys.
   *
   * @param session zeros if there is none
   */
  public CompletableFuture<DataKey> make(UUID session, int retentionClass) {
    CompletableFuture<DataKey> answer = new CompletableFuture<>();
    wishes.add(new Wish(session, retentionClass, answer));
    if (closed.get()) {
      refuse();
    }
    return answer;
  }

  private void refuse() {
    List<Wish> left = new ArrayList<>();
    wishes.drainTo(left);
    refuse(left);
  }

  private static void refuse(List<Wish> left) {
    left.forEach(wish -> wish.answer.completeExceptionally(new IOException("keys are closed")));
  }

  private void work() {
    List<Wish> batch = new ArrayList<>();
    while (!closed.get()) {
      try {
        batch.add(wishes.take());
      } catch (InterruptedException e) {
        break;
      }
      wishes.drainTo(batch, MOST_AT_ONCE - 1);
      if (closed.get()) {
        refuse(batch); // with the one that woke this thread for it
      } else {
        fulfil(batch);
      }
      batch.clear();
    }
    refuse();
  }

  private void fulfil(List<Wish> batch) {
    List<DataKey> made = new ArrayList<>(batch.size());
    try {
      files.lock();
      try {
        List<KeySlot> slots = new ArrayList<>(batch.size());
        for (Wish wish : batch) {
          DataKey key = new DataKey(id(), wish.session, wish.retentionClass, bytes(DataKey.BYTES));
          made.add(key);
          slots.add(slot(key));
        }
        file().append(slots);
      } finally {
        files.unlock();
      }
    } catch (IOException | RuntimeException e) {
      made.forEach(DataKey::destroy);
      batch.forEach(wish -> wish.answer.completeExceptionally(e));
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer.complete(made.get(i));
    }
  }

  private KeySlot slot(DataKey key) throws IOException {
    Instant now = clock.instant();
    KeySlot bare =
        new KeySlot(
            key.id(),
            key.retentionClass(),
            true,
            key.session(),
            now.getEpochSecond() * NANOS + now.getNano(),
            new KeySlot.Wrapping("", new byte[0], new byte[0]));
    byte[] clear = key.getEncoded();
    try {
      return bare.wrapped(current, clear, bytes(KeySlot.NONCE_BYTES));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** Of this process: a torn end that an earlier one left is never written behind. */
  private KeyFile file() throws IOException {
    if (file.isEmpty() || file.get().full()) {
      closeFile();
      file = Optional.of(folder.next());
    }
    return file.get();
  }

  private void closeFile() throws IOException {
    if (file.isPresent()) {
      file.get().close();
      file = Optional.empty();
    }
  }

  private UUID id() {
    byte[] id = bytes(16);
    return new UUID(longAt(id, 0), longAt(id, 8));
  }

  private static long longAt(byte[] bytes, int from) {
    return ByteBuffer.wrap(bytes).getLong(from);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Reads through the files, 128 bytes a key: for those who read the journal, not for sessions. */
  public Found find(UUID id) throws IOException {
    files.lock();
    try {
      Optional<KeySlot> slot = folder.find(id);
      if (slot.isEmpty()) {
        return new Found.Unknown();
      }
      if (!slot.get().live()) {
        return new Found.Shredded();
      }
      return open(slot.get());
    } finally {
      files.unlock();
    }
  }

  private Found open(KeySlot slot) {
    try {
      return new Found.Live(
          new DataKey(slot.id(), slot.session(), slot.retentionClass(), unwrapped(slot)));
    } catch (IOException e) {
      return new Found.Locked(String.valueOf(e.getMessage()));
    }
  }

  private byte[] unwrapped(KeySlot slot) throws IOException {
    KeySlot.Wrapping wrapping = slot.wrapping();
    KeyEncryptionKey by = keys.get(wrapping.by());
    if (by == null) {
      throw new IOException("the key-encryption key named " + wrapping.by() + " is not configured");
    }
    return by.unwrap(wrapping.wrapped(), wrapping.nonce(), slot.bound(wrapping.by()));
  }

  /** Destroys the key on the disk, synced. Whether there was one. */
  public boolean shred(UUID id) throws IOException {
    files.lock();
    try {
      return folder.shred(id);
    } finally {
      files.unlock();
    }
  }

  /** Destroys the keys of these that live, synced; unknown ones are passed over. */
  public void shred(Set<UUID> ids) throws IOException {
    files.lock();
    try {
      folder.shred(ids);
    } finally {
      files.unlock();
    }
  }

  /** Those of these that could still be unwrapped. */
  public Set<UUID> living(Set<UUID> ids) throws IOException {
    files.lock();
    try {
      Set<UUID> living = new HashSet<>();
      folder.visit(
          slot -> {
            if (slot.live() && ids.contains(slot.id())) {
              living.add(slot.id());
            }
          });
      return living;
    } finally {
      files.unlock();
    }
  }

  /** Whether a living key is wrapped under another than the current one. */
  public boolean wrappedByOthers() throws IOException {
    files.lock();
    try {
      boolean[] found = new boolean[1];
      folder.visit(slot -> found[0] |= slot.live() && !slot.wrapping().by().equals(current.name()));
      return found[0];
    } finally {
      files.unlock();
    }
  }

  /**
   * Wraps every living key anew. After a crash, or where it throws, some files are under the new
   * key and some are not, and both keys are needed until it is done again.
   */
  public void rewrap(KeyEncryptionKey next) throws IOException {
    files.lock();
    try {
      closeFile();
      KeyEncryptionKey namesake = keys.putIfAbsent(next.name(), next);
      if (namesake != null && !namesake.same(next)) {
        throw new IOException("another key-encryption key is named " + next.name() + " already");
      }
      folder.replaceAll(slot -> rewrapped(slot, next));
      current = next;
    } finally {
      files.unlock();
    }
  }

  private KeySlot rewrapped(KeySlot slot, KeyEncryptionKey next) throws IOException {
    if (!slot.live() || slot.wrapping().by().equals(next.name())) {
      return slot;
    }
    byte[] key = unwrapped(slot);
    try {
      return slot.wrapped(next, key, bytes(KeySlot.NONCE_BYTES));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      wishes.add(new Wish(new UUID(0, 0), 0, new CompletableFuture<>()));
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    files.lock();
    try {
      closeFile();
    } finally {
      files.unlock();
    }
  }
}

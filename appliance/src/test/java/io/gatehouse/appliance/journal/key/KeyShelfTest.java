package io.gatehouse.appliance.journal.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are found beside the process that makes them. */
class KeyShelfTest {
  @TempDir private Path folder;

  private static KeyEncryptionKey wrapping(String name, String letter) throws IOException {
    try (Secret secret = Secret.of(letter.repeat(32).getBytes(StandardCharsets.UTF_8))) {
      return KeyEncryptionKey.of(name, secret);
    }
  }

  private static Map<UUID, byte[]> make(DataKeys keys, int count) {
    Map<UUID, byte[]> made = new HashMap<>();
    for (int i = 0; i < count; i++) {
      try (DataKey key = keys.make(UUID.randomUUID(), 1).join()) {
        made.put(key.id(), key.getEncoded());
      }
    }
    return made;
  }

  private static void same(KeyShelf shelf, Map<UUID, byte[]> made) throws IOException {
    for (Map.Entry<UUID, byte[]> one : made.entrySet()) {
      assertThat(shelf.find(one.getKey()))
          .isInstanceOfSatisfying(
              Found.Live.class,
              live -> assertThat(live.key().getEncoded()).isEqualTo(one.getValue()));
    }
  }

  @Test
  void keysThatAreMade_shredded_andWrappedAnewMeanwhile_areFoundAsTheyAre() throws IOException {
    KeyEncryptionKey first = wrapping("k1", "a");
    KeyEncryptionKey second = wrapping("k2", "b");
    try (DataKeys keys = DataKeys.open(folder, first, List.of(), Clock.systemUTC());
        KeyShelf shelf = new KeyShelf(folder, List.of(first, second));
        KeyShelf old = new KeyShelf(folder, List.of(first))) {
      Map<UUID, byte[]> made = make(keys, 300);
      same(shelf, made);
      made.putAll(make(keys, 300));
      same(shelf, made);
      same(old, made);

      UUID gone = made.keySet().iterator().next();
      made.remove(gone);
      assertThat(keys.shred(gone)).isTrue();
      assertThat(shelf.find(gone)).isInstanceOf(Found.Shredded.class);

      keys.rewrap(second);
      same(shelf, made);
      assertThat(old.find(made.keySet().iterator().next())).isInstanceOf(Found.Locked.class);
      assertThat(shelf.find(gone)).isInstanceOf(Found.Shredded.class);
      assertThat(shelf.find(UUID.randomUUID())).isInstanceOf(Found.Unknown.class);
    }
  }

  @Test
  void looking_writesNothing() throws IOException {
    KeyEncryptionKey wrapping = wrapping("k1", "a");
    Map<UUID, byte[]> made;
    try (DataKeys keys = DataKeys.open(folder, wrapping, List.of(), Clock.systemUTC())) {
      made = make(keys, 3);
    }
    Files.createFile(folder.resolve("0.keys.new"));
    byte[] before = Files.readAllBytes(folder.resolve("0.keys"));
    try (KeyShelf shelf = new KeyShelf(folder, List.of(wrapping))) {
      same(shelf, made);
    }
    assertThat(folder.resolve("0.keys.new")).exists();
    assertThat(Files.readAllBytes(folder.resolve("0.keys"))).isEqualTo(before);
  }
}

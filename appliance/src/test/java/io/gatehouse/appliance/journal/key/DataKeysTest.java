package io.gatehouse.appliance.journal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.config.SecretReference;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataKeysTest {
  private static final UUID SESSION = new UUID(1, 2);

  @TempDir private Path directory;
  private final InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(5, 7));

  @Test
  void madeKey_isFoundAgain_afterItWasDestroyedAndTheProcessEnded() throws Exception {
    UUID id;
    byte[] bytes;
    try (DataKeys keys = open("old")) {
      DataKey key = keys.make(SESSION, 3).join();
      id = key.id();
      bytes = key.getEncoded();
      assertThat(key.session()).isEqualTo(SESSION);
      assertThat(key.retentionClass()).isEqualTo(3);
      key.destroy();
      assertThat(key.isDestroyed()).isTrue();
      assertThatThrownBy(key::getEncoded).isInstanceOf(IllegalStateException.class);
    }
    try (DataKeys keys = open("old")) {
      DataKey found = live(keys.find(id));
      assertThat(found.getEncoded()).isEqualTo(bytes).hasSize(32);
      assertThat(found.session()).isEqualTo(SESSION);
      assertThat(found.retentionClass()).isEqualTo(3);
      assertThat(keys.find(new UUID(8, 9))).isEqualTo(new Found.Unknown());
    }
  }

  @Test
  void keysThatAreShreddedTogether_areGone_alsoTheOneInADamagedSlot() throws Exception {
    try (DataKeys keys = open("old")) {
      List<UUID> ids = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        ids.add(keys.make(SESSION, 3).join().id());
      }
      Path file = files().getFirst();
      byte[] bytes = Files.readAllBytes(file);
      bytes[600 * 128 + 126] ^= 1;
      Files.write(file, bytes);
      Set<UUID> given = new HashSet<>(ids.subList(1, 650));
      given.add(new UUID(8, 9));
      assertThat(keys.living(given)).hasSize(648);
      keys.shred(given);
      keys.shred(given);
      assertThat(keys.living(Set.copyOf(ids))).hasSize(51).contains(ids.getFirst());
      assertThat(keys.find(ids.get(1))).isEqualTo(new Found.Shredded());
      byte[] after = Files.readAllBytes(file);
      for (int slot = 1; slot < 650; slot++) {
        assertThat(Arrays.copyOfRange(after, slot * 128 + 60, slot * 128 + 120)).containsOnly(0);
      }
      assertThat(keys.find(keys.make(SESSION, 1).join().id())).isInstanceOf(Found.Live.class);
    }
  }

  @Test
  void slot_liesAsDocumented_andHasNoKeyInIt() throws Exception {
    byte[] clear;
    UUID id;
    try (DataKeys keys = open("old")) {
      DataKey key = keys.make(SESSION, 0x1234).join();
      id = key.id();
      clear = key.getEncoded();
    }
    byte[] file = Files.readAllBytes(files().getFirst());
    assertThat(file).hasSize(128);
    ByteBuffer slot = ByteBuffer.wrap(file);
    assertThat(slot.getLong(0)).isEqualTo(id.getMostSignificantBits());
    assertThat(slot.getShort(16)).isEqualTo((short) 0x1234);
    assertThat(slot.get(18)).isEqualTo((byte) 1);
    assertThat(slot.getLong(20)).isEqualTo(1);
    assertThat(slot.getLong(28)).isEqualTo(2);
    assertThat(slot.getLong(36)).isEqualTo(5_000_000_007L);
    assertThat(new String(file, 44, 4, StandardCharsets.US_ASCII)).isEqualTo("old\0");
    assertThat(text(file)).doesNotContain(text(clear));
  }

  @Test
  void manyAtOnce_allHaveKeysOfTheirOwn() throws Exception {
    try (DataKeys keys = open("old")) {
      List<CompletableFuture<DataKey>> wishes = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        wishes.add(keys.make(SESSION, i));
      }
      List<String> made = new ArrayList<>();
      for (CompletableFuture<DataKey> wish : wishes) {
        made.add(text(wish.join().getEncoded()));
      }
      assertThat(made).doesNotHaveDuplicates();
      DataKey last = wishes.getLast().join();
      assertThat(live(keys.find(last.id())).getEncoded()).isEqualTo(last.getEncoded());
    }
    assertThat(Files.size(files().getFirst())).isEqualTo(3000 * 128);
  }

  @Test
  void shredded_isGoneForGood_othersStay() throws Exception {
    UUID gone;
    UUID stays;
    try (DataKeys keys = open("old")) {
      gone = keys.make(SESSION, 1).join().id();
      stays = keys.make(SESSION, 1).join().id();
      assertThat(keys.shred(gone)).isTrue();
      assertThat(keys.shred(new UUID(8, 9))).isFalse();
    }
    byte[] file = Files.readAllBytes(files().getFirst());
    assertThat(file[18]).isEqualTo((byte) 2);
    for (int i = 60; i < 124; i++) {
      assertThat(file[i]).isZero();
    }
    try (DataKeys keys = open("old")) {
      assertThat(keys.find(gone)).isEqualTo(new Found.Shredded());
      assertThat(keys.find(stays)).isInstanceOf(Found.Live.class);
      assertThat(keys.shred(gone)).isTrue();
    }
  }

  @Test
  void rewrapped_opensUnderTheNewKeyOnly() throws Exception {
    List<UUID> ids = new ArrayList<>();
    try (DataKeys keys = open("old")) {
      ids.add(keys.make(SESSION, 1).join().id());
      ids.add(keys.make(SESSION, 1).join().id());
    }
    byte[] before = Files.readAllBytes(files().getFirst());
    try (DataKeys keys = open("old")) {
      ids.add(keys.make(SESSION, 1).join().id());
      keys.shred(ids.get(1));
      keys.rewrap(kek("new"));
      ids.add(keys.make(SESSION, 1).join().id());
    }
    try (DataKeys keys = open("new")) {
      assertThat(keys.find(ids.get(0))).isInstanceOf(Found.Live.class);
      assertThat(keys.find(ids.get(1))).isEqualTo(new Found.Shredded());
      assertThat(keys.find(ids.get(2))).isInstanceOf(Found.Live.class);
      assertThat(keys.find(ids.get(3))).isInstanceOf(Found.Live.class);
    }
    try (DataKeys keys = open("old")) {
      assertThat(keys.find(ids.get(0)))
          .isInstanceOfSatisfying(
              Found.Locked.class, locked -> assertThat(locked.why()).contains("new"));
    }
    byte[] wrapped = Arrays.copyOfRange(before, 72, 120);
    for (Path file : files()) {
      assertThat(text(Files.readAllBytes(file))).doesNotContain(text(wrapped));
    }
  }

  @Test
  void rewrapThatACrashInterrupted_isDoneAgain() throws Exception {
    UUID first;
    UUID second;
    try (DataKeys keys = open("old")) {
      first = keys.make(SESSION, 1).join().id();
    }
    byte[] old = Files.readAllBytes(files().getFirst());
    try (DataKeys keys = open("old")) {
      second = keys.make(SESSION, 1).join().id();
      keys.rewrap(kek("new"));
    }
    // As if it had died between the two files, the newer one done, and a third begun.
    Files.write(directory.resolve("0.keys"), old);
    Files.write(directory.resolve("0.keys.new"), new byte[50]);

    try (DataKeys keys = DataKeys.open(directory, kek("new"), List.of(kek("old")), clock)) {
      assertThat(keys.find(first)).isInstanceOf(Found.Live.class);
      assertThat(keys.find(second)).isInstanceOf(Found.Live.class);
      keys.rewrap(kek("new"));
    }
    try (DataKeys keys = open("new")) {
      assertThat(keys.find(first)).isInstanceOf(Found.Live.class);
      assertThat(keys.find(second)).isInstanceOf(Found.Live.class);
    }
    assertThat(files()).allMatch(file -> file.toString().endsWith(".keys"));
  }

  @Test
  void slotThatWasCutShort_isNoKey_andNothingIsWrittenBehindIt() throws Exception {
    UUID first;
    try (DataKeys keys = open("old")) {
      first = keys.make(SESSION, 1).join().id();
    }
    Files.write(files().getFirst(), new byte[70], StandardOpenOption.APPEND);
    try (DataKeys keys = open("old")) {
      UUID second = keys.make(SESSION, 1).join().id();
      assertThat(keys.find(first)).isInstanceOf(Found.Live.class);
      assertThat(keys.find(second)).isInstanceOf(Found.Live.class);
      assertThat(files()).hasSize(2);
    }
  }

  @Test
  void changedSlot_isNeverAKey() throws Exception {
    UUID id;
    try (DataKeys keys = open("old")) {
      id = keys.make(SESSION, 1).join().id();
    }
    Path file = files().getFirst();
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      try (DataKeys keys = open("old")) {
        assertThat(keys.find(id)).as("byte %d", at).isEqualTo(new Found.Unknown());
      }
    }
  }

  @Test
  void boundFields_cannotBeChangedEvenWithTheirChecksum() throws Exception {
    UUID id;
    try (DataKeys keys = open("old")) {
      id = keys.make(SESSION, 1).join().id();
    }
    Path file = files().getFirst();
    byte[] slot = Files.readAllBytes(file);
    slot[17] = 9;
    CRC32C sum = new CRC32C();
    sum.update(slot, 0, 124);
    ByteBuffer.wrap(slot).putInt(124, (int) sum.getValue());
    Files.write(file, slot);
    try (DataKeys keys = open("old")) {
      assertThat(keys.find(id)).isInstanceOf(Found.Locked.class);
    }
  }

  @Test
  void folderThatCannotBeWritten_givesNoKey_andGivesThemAgainLater() throws Exception {
    Path folder = directory.resolve("keys");
    try (DataKeys keys = DataKeys.open(folder, kek("old"), List.of(), clock)) {
      Files.delete(folder);
      assertThatThrownBy(() -> keys.make(SESSION, 1).join()).hasCauseInstanceOf(IOException.class);
      Files.createDirectories(folder);
      UUID id = keys.make(SESSION, 1).join().id();
      assertThat(keys.find(id)).isInstanceOf(Found.Live.class);
    }
  }

  @Test
  void closed_givesNoKey() throws Exception {
    DataKeys keys = open("old");
    keys.close();
    assertThatThrownBy(() -> keys.make(SESSION, 1).join()).hasMessageContaining("closed");
  }

  @Test
  void keyEncryptionKey_isReadByReference_andIsLongEnough() throws Exception {
    Path secret = Files.writeString(directory.resolve("kek"), "0123456789".repeat(4) + "\n");
    KeyEncryptionKey key = KeyEncryptionKey.read("old", new SecretReference.InFile(secret));
    assertThat(key).hasToString("KeyEncryptionKey[old]");
    assertThat(key.same(kek("old"))).isFalse();

    Files.writeString(secret, "0".repeat(31));
    assertThatThrownBy(() -> KeyEncryptionKey.read("old", new SecretReference.InFile(secret)))
        .hasMessageContaining("at least 32");
    assertThatThrownBy(() -> kek("a name that is too long"))
        .hasMessageContaining("1 to 16 letters");
  }

  private DataKeys open(String kek) throws IOException {
    return DataKeys.open(directory, kek(kek), List.of(), clock);
  }

  private static KeyEncryptionKey kek(String name) throws IOException {
    String secret = name + "-".repeat(KeyEncryptionKey.LEAST_BYTES);
    return KeyEncryptionKey.of(name, Secret.of(secret.getBytes(StandardCharsets.US_ASCII)));
  }

  private static DataKey live(Found found) {
    assertThat(found).isInstanceOf(Found.Live.class);
    return ((Found.Live) found).key();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

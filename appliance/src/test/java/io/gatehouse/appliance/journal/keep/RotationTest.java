package io.gatehouse.appliance.journal.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.journal.key.Found;
import io.gatehouse.appliance.journal.key.KeyEncryptionKey;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.seal.SealedRows;
import io.gatehouse.appliance.journal.seal.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that wrap and keys that sign are changed under a journal that goes on. */
class RotationTest {
  @TempDir private Path directory;
  private KeptFolder folder;

  @BeforeEach
  void aProcessThatHasEnded() throws Exception {
    folder = new KeptFolder(directory);
    try (KeptFolder.Gate process = folder.start()) {
      process.session(true);
    }
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Test
  void anotherWrapping_isForAllKeysThatLive_andOnRecord() throws Exception {
    List<UUID> keys = folder.dataKeys(KeptFolder.ORDINARY);
    byte[] before = folder.wrapped(keys.getFirst());
    KeyEncryptionKey former = KeptFolder.wrapping("k1");
    KeyEncryptionKey next = KeptFolder.wrapping("k2");
    try (KeptFolder.Gate process = folder.start(folder.signing, List.of(), next, former)) {
      assertThat(process.keys().find(keys.getFirst())).isInstanceOf(Found.Live.class);
      assertThat(folder.anywhere(before)).isFalse();
    }
    assertThat(folder.count(Kind.KEY_EVENT)).isEqualTo(2);
    try (KeptFolder.Gate process = folder.start(folder.signing, List.of(), next)) {
      for (UUID key : keys) {
        assertThat(process.keys().find(key)).isInstanceOf(Found.Live.class);
      }
    }
    assertThat(folder.count(Kind.KEY_EVENT)).isEqualTo(2);
    folder.audit().isClean();
  }

  @Test
  void formerWrappingThatIsMissing_leavesTheKeysAsTheyAre_andSaysSo() throws Exception {
    List<UUID> keys = folder.dataKeys(KeptFolder.ORDINARY);
    KeyEncryptionKey next = KeptFolder.wrapping("k2");
    try (KeptFolder.Gate process = folder.start(folder.signing, List.of(), next)) {
      assertThat(process.keys().find(keys.getFirst())).isInstanceOf(Found.Locked.class);
    }
    assertThat(folder.count(Kind.KEY_EVENT)).isEqualTo(2);
    try (KeptFolder.Gate process = folder.start()) {
      assertThat(process.keys().find(keys.getFirst())).isInstanceOf(Found.Live.class);
    }
    folder.audit().isClean();
  }

  @Test
  void anotherSigningKey_goesOnBehindTheFormer_andIsOnRecord() throws Exception {
    SigningKey next = SigningKey.generate("gate.example/node7", SigningKey.Algorithm.ED25519);
    KeyEncryptionKey wrapping = KeptFolder.wrapping("k1");
    assertThatThrownBy(() -> folder.start(next, List.of(), wrapping)).hasMessageContaining("key");
    for (int start = 0; start < 2; start++) {
      try (KeptFolder.Gate process =
          folder.start(next, List.of(folder.signing.verifier()), wrapping)) {
        process.keeper(0).round();
      }
    }
    folder.audit(List.of(next.verifier(), folder.signing.verifier())).isClean();
    int[] events = new int[1];
    new SealedRows(folder.journal(), List.of(next.verifier()), () -> false)
        .read((row, _) -> events[0] += row.kind() == Kind.KEY_EVENT.code() ? 1 : 0);
    assertThat(events[0]).isEqualTo(1);
  }
}

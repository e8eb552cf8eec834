package io.gatehouse.appliance.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.key.DataKeys;
import io.gatehouse.appliance.journal.key.Found;
import io.gatehouse.appliance.measured.Measured;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while four threads append: everything that was acknowledged is there, once, in
 * order, and can be decrypted with the keys that are on the disk.
 */
class CrashIT {
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 200 : 6;
  private static final long SEED = Long.getLong("gatehouse.seed", 20261121);
  private static final int MOST_ACKNOWLEDGED = 6000;

  @TempDir private Path directory;
  private final Map<UUID, DataKey> opened = new HashMap<>();
  private final Set<String> nonces = new HashSet<>();
  private long next;
  private long read;
  private int torn;

  @Test
  void killedAgainAndAgain_losesNothingThatWasAcknowledged() throws Exception {
    Random random = new Random(SEED);
    TailFolder folder = new TailFolder(directory);
    for (int round = 0; round < ROUNDS; round++) {
      Map<Long, Integer> acknowledged = killed(random, round % 2 == 0);
      assertThat(acknowledged).as("round %d of seed %d", round, SEED).isNotEmpty();
      try (Tail tail = folder.open(CrashingProcess.LOOPS, new Syncing.Os(), next);
          TailReader reader = tail.reader();
          DataKeys keys = folder.keys()) {
        check(tail, reader, keys, acknowledged);
      }
    }
    Measured.keep(
        CrashIT.class,
        "kill -9 of who appends",
        Long.toString(SEED),
        "%d rounds: %d entries, none that was acknowledged lost; %d torn ends"
            .formatted(ROUNDS, read, torn));
  }

  private Map<Long, Integer> killed(Random random, boolean sync) throws Exception {
    Map<Long, Integer> acknowledged = new HashMap<>();
    int most = 1 + random.nextInt(sync ? MOST_ACKNOWLEDGED / 20 : MOST_ACKNOWLEDGED);
    try (Child child =
        new Child(
            List.of(),
            CrashingProcess.class,
            directory.toString(),
            Long.toString(next),
            Long.toString(random.nextLong()),
            Boolean.toString(sync))) {
      for (int i = 0; i < most; i++) {
        acknowledge(child.line(), acknowledged);
      }
      child.kill();
      // What was said before the kill counts as well.
      for (String line = child.line(); !line.isEmpty(); line = child.line()) {
        acknowledge(line, acknowledged);
      }
    }
    return acknowledged;
  }

  private static void acknowledge(String line, Map<Long, Integer> acknowledged) {
    String[] words = line.split(" ");
    assertThat(words).as(line).hasSize(2);
    assertThat(acknowledged.put(Long.parseLong(words[0]), Integer.parseInt(words[1])))
        .as("the same sequence twice")
        .isNull();
  }

  private void check(Tail tail, TailReader reader, DataKeys keys, Map<Long, Integer> acknowledged)
      throws Exception {
    Recovered recovered = tail.recovered();
    assertThat(recovered.damages()).allMatch(damage -> damage.what() == Damage.What.TORN);
    assertThat(recovered.damages().size()).isLessThanOrEqualTo(CrashingProcess.LOOPS);
    torn += recovered.damages().size();
    noClearText();
    long missing =
        recovered.holes().stream().mapToLong(hole -> hole.last() - hole.first() + 1).sum();
    assertThat(missing).as("one for each thread").isLessThanOrEqualTo(CrashingProcess.LOOPS);
    long before = next - 1;
    for (Optional<TailEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
      long sequence = entry.get().sequence();
      assertThat(sequence).isGreaterThan(before);
      before = sequence;
      Integer said = acknowledged.remove(sequence);
      int hash = text(entry.get(), keys).hashCode();
      if (said != null) {
        assertThat(hash).isEqualTo(said);
      }
      read++;
    }
    assertThat(acknowledged).as("acknowledged and lost").isEmpty();
    assertThat(before).isEqualTo(recovered.highest().orElse(next - 1));
    reader.sealed(before);
    next = before + 1;
  }

  private String text(TailEntry entry, DataKeys keys) throws Exception {
    ByteBuffer head = entry.head();
    UUID id = new UUID(head.getLong(64), head.getLong(72));
    assertThat(nonces.add(id + " " + entry.sequence())).as("a nonce used twice").isTrue();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    ByteBuffer nonce = ByteBuffer.allocate(12).putLong(4, entry.sequence());
    cipher.init(Cipher.DECRYPT_MODE, key(id, keys), new GCMParameterSpec(128, nonce.array()));
    cipher.updateAAD(head);
    byte[] sealed = new byte[entry.payload().remaining()];
    entry.payload().get(sealed);
    return new String(cipher.doFinal(sealed), StandardCharsets.UTF_8);
  }

  private DataKey key(UUID id, DataKeys keys) throws IOException {
    DataKey key = opened.get(id);
    if (key == null) {
      Found found = keys.find(id);
      assertThat(found).isInstanceOf(Found.Live.class);
      key = ((Found.Live) found).key();
      opened.put(id, key);
    }
    return key;
  }

  private void noClearText() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content.contains(CrashingProcess.MARK)).as("%s", file).isFalse();
      }
    }
  }
}

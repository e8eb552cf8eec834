package io.gatehouse.appliance.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to files of the tail while nobody writes them, and what is said of it. */
class DamageTest {
  private static final int CASES = Boolean.getBoolean("gatehouse.long") ? 5000 : 150;
  private static final long SEED = Long.getLong("gatehouse.seed", 20261121);
  private static final int ENTRIES = 60;

  /** Where entries begin: behind the header and two indexes. */
  private static final int FIRST_ENTRY = 65_808;

  @TempDir private Path directory;
  private final Map<Long, ByteBuffer> written = new HashMap<>();
  private TailFolder folder;
  private long end;

  @BeforeEach
  void write() throws Exception {
    folder = new TailFolder(directory);
    DataKey key = folder.key();
    Random random = new Random(SEED);
    try (Tail tail = folder.open(2, new Syncing.Os(), 0);
        TailReader reader = tail.reader()) {
      for (int i = 0; i < ENTRIES; i++) {
        byte[] payload = new byte[1 + random.nextInt(500)];
        tail.writer(i % 2)
            .append(Kind.COMMAND_INTENT, TailFolder.NOBODY, key, -1, payload, 0, payload.length);
      }
      for (Optional<TailEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        written.put(entry.get().sequence(), bytes(entry.get()));
      }
    }
    end = FIRST_ENTRY;
    for (int word = word(end); word != 0; word = word(end)) {
      end += Layout.documentBytes(word);
    }
  }

  @Test
  void untouched_isWhole() throws Exception {
    checkWhole();
  }

  private void checkWhole() throws IOException {
    Recovered recovered = survey();
    assertThat(recovered).isEqualTo(new Recovered(ENTRIES, recovered.highest(), list(), list()));
    assertThat(recovered.highest()).hasValue(ENTRIES - 1);
  }

  @Test
  void bitsFlippedAtRandom_areFoundOrHaveNoEffect() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      long at = random.nextInt((int) end + 4096);
      int bit = 1 << random.nextInt(8);
      flip(at, bit);
      boolean inEntries = at >= FIRST_ENTRY && at < end;
      // The three bytes at the most between two entries are nobody's.
      check("seed %d, case %d, byte %d, bit %d".formatted(SEED, i, at, bit), inEntries);
      flip(at, bit);
    }
    checkWhole();
  }

  private void check(String name, boolean inEntries) throws IOException {
    Recovered recovered = survey();
    int read = 0;
    try (Epochs epochs = Epochs.open(folder.tail());
        PastReader reader = new PastReader(epochs, 0, damage -> {})) {
      for (Optional<TailEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        assertThat(bytes(entry.get())).as(name).isEqualTo(written.get(entry.get().sequence()));
        read++;
      }
    }
    assertThat((long) read).as(name).isEqualTo(recovered.entries());
    if (read < ENTRIES) {
      assertThat(recovered.damages()).as(name).isNotEmpty();
      assertThat(inEntries || recovered.entries() == ENTRIES / 2).as(name).isTrue();
    }
  }

  @Test
  void flippedPayload_isOneDamageAndOneHole() throws Exception {
    flip(FIRST_ENTRY + Layout.WORD + Layout.LEAST_ENTRY, 1);

    Recovered recovered = survey();
    assertThat(recovered.damages())
        .containsExactly(new Damage(file(), FIRST_ENTRY, Damage.What.CHECKSUM));
    assertThat(recovered.holes()).containsExactly(new Hole(0, 0));
    assertThat(recovered.entries()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void lengthThatCannotBe_endsTheQueueAndSaysSo() throws Exception {
    flip(FIRST_ENTRY + 3, 0x10);

    Recovered recovered = survey();
    assertThat(recovered.damages())
        .containsExactly(new Damage(file(), FIRST_ENTRY, Damage.What.LENGTH));
    assertThat(recovered.entries()).isEqualTo(ENTRIES / 2);
    assertThat(recovered.holes()).hasSize(ENTRIES / 2);
  }

  @Test
  void wordWiped_leavesSomethingBehindTheEnd() throws Exception {
    put(FIRST_ENTRY, new byte[4]);

    assertThat(survey().damages())
        .containsExactly(new Damage(file(), FIRST_ENTRY, Damage.What.BEHIND_END));
  }

  @Test
  void lastEntryCutShort_isTorn() throws Exception {
    long last = FIRST_ENTRY;
    while (last + Layout.documentBytes(word(last)) < end) {
      last += Layout.documentBytes(word(last));
    }
    put(last, new byte[4]);

    Recovered recovered = survey();
    assertThat(recovered.damages()).containsExactly(new Damage(file(), last, Damage.What.TORN));
    assertThat(recovered.entries()).isEqualTo(ENTRIES - 1);
    assertThat(recovered.holes()).containsExactly(new Hole(ENTRIES - 2, ENTRIES - 2));
  }

  @Test
  void fileCutOff_isReadAsFarAsItGoes() throws Exception {
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.truncate(end - 2);
    }

    Recovered recovered = survey();
    assertThat(recovered.damages()).extracting(Damage::what).containsExactly(Damage.What.LENGTH);
    assertThat(recovered.entries()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void queueThatIsThereTwice_isSaidToBeOutOfOrder() throws Exception {
    Path copy = Files.createDirectories(folder.tail().resolve("0").resolve("9"));
    Files.copy(file(), copy.resolve(EpochQueue.FILE));

    Recovered recovered = survey();
    assertThat(recovered.entries()).isEqualTo(ENTRIES);
    assertThat(recovered.damages()).hasSize(ENTRIES / 2);
    assertThat(recovered.damages()).allMatch(damage -> damage.what() == Damage.What.ORDER);
  }

  @Test
  void damagedQueue_isReadAndReplaced_theSequenceGoesOn() throws Exception {
    flip(FIRST_ENTRY + Layout.WORD + Layout.LEAST_ENTRY, 1);
    try (Tail tail = folder.open(1, new Syncing.Os(), 0);
        TailReader reader = tail.reader()) {
      assertThat(tail.recovered().damages()).hasSize(1);
      int read = 0;
      while (reader.next().isPresent()) {
        read++;
      }
      assertThat(read).isEqualTo(ENTRIES - 1);
      reader.sealed(ENTRIES - 1);
      assertThat(file()).doesNotExist();
      assertThat(TailFolder.intent(tail.writer(0), folder.key(), "on")).isEqualTo(ENTRIES + 1);
      assertThat(reader.next()).isPresent();
    }
  }

  @Test
  void damageWhileItIsWritten_stopsTheJournalUntilARestart() throws Exception {
    DataKey key = folder.key();
    UUID nobody = TailFolder.NOBODY;
    try (Tail tail = folder.open(1, new Syncing.Os(), ENTRIES);
        TailReader reader = tail.reader()) {
      byte[] payload = new byte[100];
      tail.writer(0).append(Kind.COMMAND_INTENT, nobody, key, -1, payload, 0, 100);
      Path file = tail.writer(0).begun().getFirst().resolve(EpochQueue.FILE);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[50]), FIRST_ENTRY + 150);
      }

      assertThat(reader.next()).isEmpty();
      assertThat(folder.heard.damages).extracting(Damage::what).contains(Damage.What.CHECKSUM);
      assertThat(tail.state()).isInstanceOf(TailState.Stopped.class);
      assertThatThrownBy(tail::resume).hasMessageContaining("restart");
    }
  }

  private static <T> List<T> list() {
    return List.of();
  }

  private Recovered survey() throws IOException {
    try (Epochs epochs = Epochs.open(folder.tail())) {
      return PastReader.survey(epochs, 0);
    }
  }

  private static ByteBuffer bytes(TailEntry entry) {
    ByteBuffer copy = ByteBuffer.allocate(entry.head().remaining() + entry.payload().remaining());
    return copy.put(entry.head()).put(entry.payload()).flip();
  }

  private Path file() {
    return folder.tail().resolve("0").resolve("0").resolve(EpochQueue.FILE);
  }

  private int word(long at) throws IOException {
    return Integer.reverseBytes(get(at, 4).getInt());
  }

  private ByteBuffer get(long at, int bytes) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(bytes);
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
      channel.read(read, at);
    }
    return read.flip();
  }

  private void put(long at, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }

  private void flip(long at, int bits) throws IOException {
    put(at, new byte[] {(byte) (get(at, 1).get() ^ bits)});
  }
}

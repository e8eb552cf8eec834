package io.gatehouse.appliance.journal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.journal.key.ClearText;
import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
  private static final long SEED = Long.getLong("gatehouse.seed", 20261121);

  @TempDir private Path directory;
  private TailFolder folder;
  private DataKey key;

  @BeforeEach
  void makeKey() throws IOException {
    folder = new TailFolder(directory);
    key = folder.key();
  }

  @Test
  void twoLoops_write_readInOneSequence() throws Exception {
    try (Tail tail = folder.open(2, new Syncing.Os(), 0);
        TailReader reader = tail.reader()) {
      assertThat(reader.next()).isEmpty();
      TailFolder.intent(tail.writer(0), key, "a");
      TailFolder.intent(tail.writer(1), key, "b");
      TailFolder.intent(tail.writer(1), key, "c");
      TailFolder.intent(tail.writer(0), key, "d");

      assertThat(texts(reader)).containsExactly("0 a", "1 b", "2 c", "3 d");
      assertThat(reader.next()).isEmpty();
      TailFolder.intent(tail.writer(1), key, "e");
      assertThat(texts(reader)).containsExactly("4 e");
    }
  }

  @Test
  void head_isAsDocumented() throws Exception {
    try (Tail tail = folder.open(1, new Syncing.Os(), 41);
        TailReader reader = tail.reader()) {
      byte[] payload = {1, 2, 3};
      tail.writer(0).append(Kind.COMMAND_OUTCOME, new UUID(5, 6), key, 40, payload, 1, 2);
      tail.writer(0).append(Kind.GAP, TailFolder.NOBODY, new ClearText(3), -1, payload, 0, 3);

      ByteBuffer head = reader.next().orElseThrow().head();
      assertThat(head.remaining()).isEqualTo(96);
      assertThat(head.get(0)).isEqualTo((byte) 1);
      assertThat(head.get(1)).isEqualTo((byte) 19);
      assertThat(head.getShort(2)).isEqualTo((short) 1);
      assertThat(head.getInt(4)).isEqualTo(2 + 16);
      assertThat(head.getLong(8)).isEqualTo(41);
      assertThat(head.getLong(48)).isEqualTo(5);
      assertThat(head.getLong(56)).isEqualTo(6);
      assertThat(head.getLong(64)).isEqualTo(key.id().getMostSignificantBits());
      assertThat(head.getLong(80)).isEqualTo(40);
      assertThat(head.getLong(88)).isEqualTo(7);
      TailEntry gap = reader.next().orElseThrow();
      assertThat(gap.kind()).isEqualTo((byte) 4);
      assertThat(gap.head().getLong(64)).isZero();
      assertThat(gap.payload()).isEqualTo(ByteBuffer.wrap(payload));
    }
  }

  @Test
  void kindThatIsEncrypted_inClearText_isRefused() throws Exception {
    try (Tail tail = folder.open(1, new Syncing.Os(), 0)) {
      TailWriter writer = tail.writer(0);
      byte[] payload = new byte[1];
      assertThatThrownBy(
              () ->
                  writer.append(
                      Kind.RESULT, TailFolder.NOBODY, new ClearText(0), -1, payload, 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.append(Kind.GAP, TailFolder.NOBODY, key, -1, payload, 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(TailFolder.intent(writer, key, "a")).isZero();
    }
  }

  @Test
  void queueFills_nextIsUsed_andSealedOnesGo() throws Exception {
    try (Tail tail = folder.open(1, new Syncing.Os(), 0);
        TailReader reader = tail.reader()) {
      String text = "x".repeat(100_000);
      int read = 0;
      for (int i = 0; i < 400; i++) {
        waitForNext(tail.writer(0));
        TailFolder.intent(tail.writer(0), key, text);
        assertThat(reader.next().orElseThrow().sequence()).isEqualTo(read++);
      }
      assertThat(reader.next()).isEmpty();

      assertThat(queues().count()).isGreaterThan(5);
      long length = TailConfig.LEAST_EPOCH_BYTES * 5 / 4;
      assertThat(queues()).allSatisfy(file -> assertThat(Files.size(file)).isEqualTo(length));
      reader.sealed(399);
      assertThat(queues().count()).isLessThanOrEqualTo(2);
    }
    assertThat(folder.heard.stops).isEmpty();
  }

  @Test
  void closedAndOpened_whatIsNotSealedIsRead_sequenceGoesOn() throws Exception {
    try (Tail tail = folder.open(2, new Syncing.Each(), 0)) {
      for (int i = 0; i < 10; i++) {
        TailFolder.intent(tail.writer(i % 2), key, "" + i);
      }
    }
    try (Tail tail = folder.open(1, new Syncing.Each(), 4);
        TailReader reader = tail.reader()) {
      assertThat(tail.recovered().entries()).isEqualTo(6);
      assertThat(tail.recovered().holes()).isEmpty();
      assertThat(tail.recovered().damages()).isEmpty();
      assertThat(tail.recoverySequence()).hasValue(10);
      assertThat(TailFolder.intent(tail.writer(0), key, "new")).isEqualTo(11);
      assertThat(texts(reader)).containsExactly("4 4", "5 5", "6 6", "7 7", "8 8", "9 9", "11 new");
      reader.sealed(9);
      assertThat(queues().count()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void openTail_cannotBeOpenedByAnother() throws Exception {
    try (Tail tail = folder.open(1, new Syncing.Os(), 0)) {
      assertThatThrownBy(() -> folder.open(1, new Syncing.Os(), 0))
          .hasMessageContaining("another process");
      assertThat(tail.state()).isInstanceOf(TailState.Running.class);
    }
  }

  @Test
  void longestEntries_fillTheFileToItsMargin_andNeverMakeItGrow() throws Exception {
    Random random = new Random(SEED);
    byte[] payload = new byte[Layout.MOST_PAYLOAD];
    try (Tail tail = folder.open(1, new Syncing.Os(), 0)) {
      TailWriter writer = tail.writer(0);
      EpochQueue first = writer.current().orElseThrow();
      waitForNext(writer);
      while (writer.current().orElseThrow() == first) {
        int length = random.nextInt(4) == 0 ? payload.length : random.nextInt(payload.length);
        writer.append(Kind.RESULT, TailFolder.NOBODY, key, -1, payload, 0, length);
      }
      assertThat(Files.size(first.path().resolve(EpochQueue.FILE)))
          .as("seed %d", SEED)
          .isEqualTo(TailConfig.LEAST_EPOCH_BYTES * 5 / 4);
      assertThat(Files.size(first.path().resolve(EpochQueue.TABLE))).isEqualTo(128 << 10);
      assertThat(tail.state()).isInstanceOf(TailState.Running.class);
    }
  }

  @Test
  void filesThatAreDoneWith_areNeitherMappedNorOpen() throws Exception {
    try (Tail tail = folder.open(1, new Syncing.Os(), 0);
        TailReader reader = tail.reader()) {
      String text = "x".repeat(500_000);
      for (int i = 0; i < 60; i++) {
        waitForNext(tail.writer(0));
        TailFolder.intent(tail.writer(0), key, text);
        reader.next();
      }
      assertThat(held()).isPositive();
      reader.sealed(59);
      assertThat(queues().count()).isLessThanOrEqualTo(2);
      await().untilAsserted(() -> assertThat(held()).isLessThanOrEqualTo(2));
    }
    await().untilAsserted(() -> assertThat(held()).isZero());
  }

  /** How many files of the tail are mapped into this process, deleted or not. */
  private long held() throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains(folder.tail().toString()))
          .filter(line -> line.contains(EpochQueue.FILE))
          .count();
    }
  }

  @Test
  void ourReader_readsWhatChroniclesOwnReads() throws Exception {
    List<String> ours = new ArrayList<>();
    Path queue;
    try (Tail tail = folder.open(1, new Syncing.Os(), 0);
        TailReader reader = tail.reader()) {
      for (int i = 0; i < 100; i++) {
        TailFolder.intent(tail.writer(0), key, "x".repeat(i));
        TailEntry entry = reader.next().orElseThrow();
        byte[] payload = new byte[entry.payload().remaining()];
        entry.payload().get(payload);
        ours.add(HexFormat.of().formatHex(payload));
      }
      queue = tail.writer(0).begun().getFirst();
    }
    List<String> theirs = new ArrayList<>();
    try (ChronicleQueue chronicle =
            SingleChronicleQueueBuilder.binary(queue)
                .rollCycle(RollCycles.FAST_DAILY)
                .blockSize(TailConfig.LEAST_EPOCH_BYTES)
                .build();
        ExcerptTailer tailer = chronicle.createTailer()) {
      Bytes<byte[]> document = Bytes.allocateElasticOnHeap();
      while (tailer.readBytes(document)) {
        byte[] bytes = document.toByteArray();
        theirs.add(HexFormat.of().formatHex(bytes, Layout.LEAST_ENTRY, bytes.length));
        document.clear();
      }
    }
    assertThat(theirs).isEqualTo(ours);
  }

  private Stream<Path> queues() throws IOException {
    try (Stream<Path> files = Files.walk(folder.tail())) {
      return files.filter(file -> file.toString().endsWith(".cq4")).toList().stream();
    }
  }

  private static void waitForNext(TailWriter writer) {
    await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(writer::hasNext);
  }

  private List<String> texts(TailReader reader) throws Exception {
    List<String> texts = new ArrayList<>();
    Optional<TailEntry> entry = reader.next();
    while (entry.isPresent()) {
      texts.add(entry.get().sequence() + " " + text(entry.get()));
      entry = reader.next();
    }
    return texts;
  }

  private String text(TailEntry entry) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    ByteBuffer nonce = ByteBuffer.allocate(12).putLong(4, entry.sequence());
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce.array()));
    cipher.updateAAD(entry.head());
    byte[] sealed = new byte[entry.payload().remaining()];
    entry.payload().get(sealed);
    return new String(cipher.doFinal(sealed), StandardCharsets.UTF_8);
  }
}

package io.gatehouse.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues in their documented form, whole and damaged. */
class TailTest {
  @TempDir private Path directory;
  private final List<Finding> findings = new ArrayList<>();

  /** A queue's file as the documentation describes it, with zeros behind. */
  private static final class QueueFile {
    private final ByteBuffer bytes = ByteBuffer.allocate(65_536).order(ByteOrder.LITTLE_ENDIAN);

    QueueFile() {
      meta(77);
    }

    QueueFile meta(int length) {
      bytes.putInt(1 << 30 | length);
      return skip(length);
    }

    QueueFile entry(long sequence, int payload) {
      ByteBuffer head = ByteBuffer.allocate(96 + payload);
      head.put((byte) 1).put((byte) 18).putShort((short) 1).putInt(payload).putLong(sequence);
      CRC32C sum = new CRC32C();
      sum.update(head.array());
      bytes.putInt(100 + payload);
      int at = bytes.position();
      bytes.order(ByteOrder.BIG_ENDIAN).putInt((int) sum.getValue()).put(head.array());
      bytes.order(ByteOrder.LITTLE_ENDIAN).position(at);
      return skip(100 + payload);
    }

    private QueueFile skip(int length) {
      bytes.position((bytes.position() + length + 3) / 4 * 4);
      return this;
    }

    int position() {
      return bytes.position();
    }

    QueueFile put(int at, int value) {
      bytes.put(at, (byte) value);
      return this;
    }
  }

  private Report verify(long sealed, QueueFile... queues) throws IOException {
    for (int i = 0; i < queues.length; i++) {
      Path loop = Files.createDirectories(directory.resolve("tail/0/" + i));
      Files.write(loop.resolve("queue.cq4"), queues[i].bytes.array());
    }
    Report report = new Report(findings::add);
    new Tail(report).verify(directory, sealed);
    return report;
  }

  @Test
  void entriesOfAllQueues_areCountedAsNotYetProved() throws Exception {
    Report report =
        verify(
            2,
            new QueueFile().entry(2, 31).entry(3, 1).meta(5).entry(6, 0),
            new QueueFile().entry(4, 2).entry(5, 3));

    assertThat(report.unsealed()).isEqualTo(4);
    assertThat(report.counts()).isEqualTo(Map.of(Kind.UNSEALED, 1L));
    assertThat(findings.getFirst().text()).contains("4 records up to number 6");
  }

  /**
   * Ten entries with payloads of 0, 7, 14 and so on bytes, appended with Chronicle Queue 2026.4.
   */
  @Test
  void fileOfChronicleItself_isReadToItsEnd() throws Exception {
    Path loop = Files.createDirectories(directory.resolve("tail/0/0"));
    try (InputStream stored = TailTest.class.getResourceAsStream("chronicle-2026.4.cq4.gz")) {
      assertThat(stored).isNotNull();
      Files.copy(new GZIPInputStream(stored), loop.resolve("19700101F.cq4"));
    }
    Report report = new Report(findings::add);

    new Tail(report).verify(directory, 2);

    assertThat(report.unsealed()).isEqualTo(7);
    assertThat(findings)
        .singleElement()
        .satisfies(f -> assertThat(f.text()).contains("up to number 9"));
  }

  @Test
  void changedByte_isDamage_andWhatIsBehindIsStillRead() throws Exception {
    QueueFile queue = new QueueFile().entry(0, 30);
    int second = queue.position();
    queue.entry(1, 30).entry(2, 30).put(second + 60, 1);

    Report report = verify(-1, queue);

    assertThat(report.unsealed()).isEqualTo(2);
    assertThat(findings.getFirst())
        .isEqualTo(
            new Finding(
                Kind.TAIL_DAMAGED,
                -1,
                0,
                "tail/0/0/queue.cq4",
                second + 4,
                "the sum of an entry is wrong"));
  }

  @Test
  void manyNumbersThatAreNotThere_areDamage_andOneForEachQueueIsNot() throws Exception {
    assertThat(verify(-1, new QueueFile().entry(0, 3).entry(5, 3)).counts())
        .containsKey(Kind.TAIL_DAMAGED);
    findings.clear();
    assertThat(verify(-1, new QueueFile().entry(0, 3).entry(2, 3)).counts())
        .containsOnlyKeys(Kind.UNSEALED);
  }

  @Test
  void numberThatComesTwiceOrGoesBack_isDamage() throws Exception {
    assertThat(verify(-1, new QueueFile().entry(0, 3).entry(0, 3)).counts())
        .containsKey(Kind.TAIL_DAMAGED);
    assertThat(verify(-1, new QueueFile().entry(0, 3), new QueueFile().entry(0, 3)).counts())
        .containsKey(Kind.TAIL_DAMAGED);
  }

  @Test
  void entryThatWasNotFinished_isTheEnd() throws Exception {
    QueueFile queue = new QueueFile().entry(0, 3);
    int end = queue.position();
    queue.entry(1, 3).put(end + 3, 0x80);

    assertThat(verify(-1, queue).counts()).containsOnlyKeys(Kind.UNSEALED);
    assertThat(findings.getFirst().text()).contains("begun and not finished");
  }
}

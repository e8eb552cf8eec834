package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.appliance.testing.MemoryWatch;
import io.gatehouse.mysql.frame.PacketReader;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.relay.AnswerCourse.Part;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A result of MySQL and MariaDB that is larger than what the gate may keep of it, and than what a
 * file of the tail takes.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class RecordedMysqlStreamIT {
  private static final int ROWS = Boolean.getBoolean("gatehouse.long") ? 4_000_000 : 200_000;
  private static final int LOOKS = 8;

  @TempDir private Path folder;

  /** What the client got, as a digest of the packets. */
  private static final class Got {
    private final MessageDigest digest = sha256();
    private final MemoryWatch memory = new MemoryWatch();
    private long bytes;
    private int rows;
    private int packet;

    void see(Part part, byte[] payload) {
      assertThat(part).isNotEqualTo(Part.ERROR);
      packet++;
      digest.update(
          new byte[] {
            (byte) payload.length,
            (byte) (payload.length >> 8),
            (byte) (payload.length >> 16),
            (byte) packet
          });
      digest.update(payload);
      bytes += payload.length + 4;
      if (part == Part.ROW) {
        rows++;
        look();
      }
    }

    private void look() {
      if (rows % 1000 == 0) {
        memory.lookAtDirect();
      }
      if (rows % (ROWS / LOOKS) == 0) {
        memory.lookAtHeap();
      }
    }
  }

  /** What is on record of it. */
  private static final class Recorded {
    private final MessageDigest digest = sha256();
    private long intent = -1;
    private long bytes;
    private long records;

    void see(JournalFolder.Entry entry) {
      if (entry.kind() == Kind.COMMAND_INTENT && entry.text("text").contains("CROSS JOIN")) {
        assertThat(intent).isEqualTo(-1);
        intent = entry.sequence();
      } else if (entry.kind() == Kind.RESULT && entry.answers() == intent) {
        byte[] data = ((Datum.Bytes) entry.field("data")).value();
        digest.update(data);
        bytes += data.length;
        records++;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void hugeResult_isOnRecordInConstantMemory(Flavour flavour) throws Exception {
    MysqlRows.store(flavour);
    Got got;
    Recorded recorded = new Recorded();
    double seconds;
    try (MysqlScene scene = MysqlScene.start(flavour, folder, "")) {
      assertThat(scene.policy(MysqlScene.POLICY.replace("    record: {results: leave-out}\n", "")))
          .isTrue();
      Conversation ann = scene.raw(MysqlScene.ANN);
      ann.ask(query("SELECT 1"));
      got = new Got();
      long start = System.nanoTime();
      ann.tell(query(MysqlRows.query(ROWS)));
      ann.each(CommandType.COM_QUERY, got::see);
      seconds = (System.nanoTime() - start) / 1e9;
      scene.eachRecorded(recorded::see);
      assertThat(scene.findings()).isEmpty();
    }
    Measured.keep(
        RecordedMysqlStreamIT.class,
        MysqlScene.word(flavour),
        "",
        "%,d rows, %,d bytes in %,d records, %.1f s (with the test's own looking); %s"
            .formatted(got.rows, got.bytes, recorded.records, seconds, got.memory));
    assertThat(got.rows).isEqualTo(ROWS);
    assertThat(got.bytes).isGreaterThan((long) ROWS * MysqlRows.BYTES);
    assertThat(recorded.bytes).isEqualTo(got.bytes);
    assertThat(recorded.digest.digest()).isEqualTo(got.digest.digest());
    got.memory.bounded();
  }

  /** A payload of 16 MB is cut in two, with an empty second where it ends there. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void payloadsAtTheBoundary_areOnRecordBothWays(Flavour flavour) throws Exception {
    List<Long> sizes = new ArrayList<>();
    try (MysqlScene scene =
        MysqlScene.start(flavour, folder, ", analysis-bytes: 20000000", "tail-file-mib: 64")) {
      scene.policy(MysqlScene.POLICY.replace("    record: {results: leave-out}\n", ""));
      Conversation ann = scene.raw(MysqlScene.ANN);
      for (int more = -1; more <= 1; more++) {
        int length = PacketReader.FULL_BYTES + more;
        int told = length - 1 - "SELECT '' AS a".length();
        assertThat(row(ann.ask(query("SELECT '" + "x".repeat(told) + "' AS a")))).hasSize(told);
        int made = length - (length > PacketReader.FULL_BYTES + 4 ? 9 : 4);
        assertThat(row(ann.ask(query("SELECT REPEAT('y', " + made + ") AS a")))).hasSize(made);
        sizes.add((long) told);
        sizes.add((long) made);
      }
      assertThat(scene.recorded(Kind.COMMAND_OUTCOME))
          .hasSize(sizes.size())
          .allSatisfy(entry -> assertThat(entry.text("outcome")).isEqualTo("succeeded"));
      Map<Long, Long> kept = new TreeMap<>();
      for (JournalFolder.Entry entry : scene.recorded(Kind.RESULT)) {
        kept.merge(entry.answers(), fill(((Datum.Bytes) entry.field("data")).value()), Long::sum);
      }
      assertThat(kept.values()).containsExactlyElementsOf(sizes);
      assertThat(scene.findings()).isEmpty();
    }
  }

  private static long fill(byte[] data) {
    long count = 0;
    for (byte one : data) {
      count += one == 'x' || one == 'y' ? 1 : 0;
    }
    return count;
  }

  private static byte[] row(List<Message> answer) {
    return Objects.requireNonNull(((TextRow) answer.get(2)).values().getFirst());
  }

  private static ComQuery query(String sql) {
    return new ComQuery(List.of(), sql.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

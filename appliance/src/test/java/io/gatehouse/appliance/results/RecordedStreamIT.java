package io.gatehouse.appliance.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.masking.Answer;
import io.gatehouse.appliance.masking.BankServer;
import io.gatehouse.appliance.masking.GatedBank;
import io.gatehouse.appliance.masking.Received;
import io.gatehouse.appliance.masking.TappedClient;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.appliance.testing.MemoryWatch;
import io.gatehouse.verifier.Finding;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A result larger than what the gate may keep of it, and than what a file of the tail takes. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RecordedStreamIT {
  private static final boolean LONG = Boolean.getBoolean("gatehouse.long");
  private static final int ROWS = LONG ? 4_000_000 : 250_000;
  private static final int LOOKS = 8;
  private static final String POLICY =
      """
      masks:
        last-four: {kind: keep-last, count: 4}
      rules:
        - {name: all, verdict: allow}
        - name: protected
          resources: {columns: [bank.holders.pan]}
          verdict: mask
          mask: last-four
          strength: output
      """;

  @TempDir private Path folder;
  private static BankServer server;

  @BeforeAll
  static void serve() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run(
        "bank",
        """
        CREATE TABLE bank.holders (id int, pan text NOT NULL);
        INSERT INTO bank.holders SELECT n, 'SECRET-' || md5(n::text) FROM generate_series(1, 1000) n;
        CREATE VIEW bank.wide AS
          SELECT h.id, h.pan, repeat('x', 230) AS d
            FROM generate_series(1, %d) g CROSS JOIN bank.holders h;
        GRANT SELECT ON bank.holders, bank.wide TO analyst
        """
            .formatted(ROWS / 1000));
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  /** What the client got, as a digest. */
  private static final class Got {
    private final MessageDigest digest = Digests.sha256();
    private final MemoryWatch memory = new MemoryWatch();
    private long bytes;
    private int rows;

    boolean see(Received message) {
      if (message.type() == 'E') {
        throw new AssertionError(message.text());
      }
      if (message.type() == 'Z') {
        return true;
      }
      byte[] frame = new Answer(List.of(message)).bytes();
      digest.update(frame);
      bytes += frame.length;
      rows += message.type() == 'D' ? 1 : 0;
      if (message.type() == 'D' && rows % 1000 == 0) {
        memory.lookAtDirect();
      }
      if (message.type() == 'D' && rows % (ROWS / LOOKS) == 0) {
        memory.lookAtHeap();
      }
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "opaque, interval, 'SELECT id, d AS pan, d FROM bank.wide'",
    "masked, os, 'SELECT id, pan, d FROM bank.wide'"
  })
  void hugeResult_isOnRecordInConstantMemory(String what, String sync, String sql)
      throws Exception {
    JournalFiles journal = new JournalFiles(folder);
    Got got;
    long start = System.nanoTime();
    double seconds;
    try (GatedBank gate =
            GatedBank.start(folder, server, List.of("bank"), POLICY, journal.section(sync));
        TappedClient client = TappedClient.connect(gate.login("bank"))) {
      client.query("SELECT 1");
      got = new Got();
      start = System.nanoTime();
      client.send('Q', (sql + "\0").getBytes(UTF_8));
      client.each(got::see);
      seconds = (System.nanoTime() - start) / 1e9;
    }
    List<Finding> findings = new ArrayList<>();
    assertThat(journal.verified(findings).exitCode()).as(findings.toString()).isZero();
    MessageDigest recorded = Digests.sha256();
    long[] bytes = {0, 0, 0};
    journal.each(
        entry -> {
          if (entry.kind() == Kind.COMMAND_INTENT) {
            bytes[0]++;
          } else if (entry.kind() == Kind.RESULT && bytes[0] == 2) {
            recorded.update(entry.bytes("data"));
            bytes[1] += entry.bytes("data").length;
            bytes[2]++;
          }
        });
    Measured.keep(
        RecordedStreamIT.class,
        what,
        "",
        "%,d rows, %,d bytes in %,d records, %.1f s (with the test's own looking); %s"
            .formatted(got.rows, got.bytes, bytes[2], seconds, got.memory));
    assertThat(got.rows).isEqualTo(ROWS);
    assertThat(bytes[1]).isEqualTo(got.bytes);
    assertThat(recorded.digest()).isEqualTo(got.digest.digest());
    got.memory.bounded();
  }

  /** Nothing else makes them. */
  private static final class Digests {
    static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

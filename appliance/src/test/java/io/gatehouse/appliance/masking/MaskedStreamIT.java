package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.appliance.testing.MemoryWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A masked result that is larger than what the gate may keep of it. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class MaskedStreamIT {
  private static final int DISTINCT = 1_000;
  private static final int ROWS = Boolean.getBoolean("gatehouse.long") ? 5_000_000 : 200_000;
  private static final int LOOKS = 8;
  private static final int COLUMNS = 10;
  private static final int MASKED = 4;
  private static final int FEW = 5_000;
  private static final String QUERY = "SELECT * FROM bank.wide";
  private static final String POLICY =
      """
      masks:
        last-four: {kind: keep-last, count: 4}
      rules:
        - {name: all, verdict: allow}
        - name: protected
          resources: {columns: [bank.cardholders.pan]}
          verdict: mask
          mask: last-four
          strength: output
      """;

  @TempDir private static Path folder;
  private static BankServer server;
  private static GatedBank gate;

  /** How the rows are asked for. */
  enum Way {
    SIMPLE,
    EXTENDED_TEXT,
    EXTENDED_BINARY,
    PORTAL_BINARY;

    boolean binary() {
      return this == EXTENDED_BINARY || this == PORTAL_BINARY;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run(
        "bank",
        """
        CREATE TABLE bank.cardholders (id int, pan text NOT NULL);
        INSERT INTO bank.cardholders
          SELECT n, 'SECRET-' || md5(n::text) || to_char(n %% 10000, 'FM0000')
            FROM generate_series(0, %1$d - 1) n;
        CREATE VIEW bank.wide AS
          SELECT g::bigint * %1$d AS a, h.id AS b, g * 0.25 AS c, repeat('x', 200) AS d, h.pan,
              g %% 2 = 0 AS e, '2026-11-21'::date + h.id AS f, md5(g::text)::uuid AS h,
              NULL::text AS i, decode(md5(g::text), 'hex') AS j
            FROM generate_series(1, %2$d) g CROSS JOIN bank.cardholders h;
        GRANT SELECT ON bank.cardholders, bank.wide TO analyst
        """
            .formatted(DISTINCT, ROWS / DISTINCT));
    gate = GatedBank.start(folder, server, List.of("bank"), POLICY);
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  /** Counts rows, looks at each, and at the memory from time to time. */
  private static final class Watch {
    private final Markers markers = Markers.tokens();
    private final MemoryWatch memory = new MemoryWatch();
    private long bytes;
    private int rows;

    void see(Received message) {
      byte[] body = message.body();
      bytes += body.length + 5;
      if (message.type() == 'E') {
        throw new AssertionError(message.text());
      }
      if (!markers.in(body).isEmpty()) {
        throw new AssertionError("row " + rows + " has " + markers.in(body));
      }
      if (message.type() == 'D') {
        row(body);
      }
    }

    private void row(byte[] body) {
      ByteBuffer in = ByteBuffer.wrap(body);
      assertThat(in.getShort()).isEqualTo((short) COLUMNS);
      for (int i = 0; i < MASKED; i++) {
        in.position(in.position() + 4 + Math.max(0, in.getInt(in.position())));
      }
      byte[] field = new byte[in.getInt()];
      in.get(field);
      if (field.length != 8
          || !Arrays.equals(field, 0, 4, "****".getBytes(US_ASCII), 0, 4)
          || !new String(field, 4, 4, US_ASCII).chars().allMatch(Character::isDigit)) {
        throw new AssertionError("row " + rows + " is not masked");
      }
      rows++;
      if (rows % 1_000 == 0) {
        memory.lookAtDirect();
      }
      if (rows % (ROWS / LOOKS) == 0) {
        memory.lookAtHeap();
      }
    }

    void report(String what, long start) throws IOException {
      double seconds = (System.nanoTime() - start) / 1e9;
      Measured.keep(
          MaskedStreamIT.class,
          what,
          "",
          "%,d rows, %,d bytes in %.1f s (with the test's own looking); %s"
              .formatted(rows, bytes, seconds, memory));
    }

    void bounded() {
      assertThat(rows).isEqualTo(ROWS);
      assertThat(bytes).isGreaterThan(ROWS * 300L);
      memory.bounded();
    }
  }

  private static byte[] text(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text.getBytes(UTF_8));
    out.write(0);
    return out.toByteArray();
  }

  private static void ask(TappedClient client, Way way) {
    Format format = way.binary() ? Format.BINARY : Format.TEXT;
    switch (way) {
      case SIMPLE -> client.send('Q', text(QUERY));
      case EXTENDED_TEXT, EXTENDED_BINARY ->
          client
              .parse("", QUERY)
              .bind("", "", List.of(), format)
              .execute("", 0)
              .send('S', new byte[0]);
      case PORTAL_BINARY ->
          client
              .send('Q', text("BEGIN"))
              .parse("", QUERY)
              .bind("p", "", List.of(), format)
              .describePortal("p")
              .execute("p", FEW)
              .send('H', new byte[0]);
    }
  }

  /** Whether that is the end of the answer; asks for more of a portal. */
  private static boolean ended(TappedClient client, Way way, Received message) {
    if (message.type() == 's') {
      client.execute("p", FEW).send('H', new byte[0]);
      return true;
    }
    return complete(message) || (message.type() == 'Z' && way != Way.PORTAL_BINARY);
  }

  private static boolean complete(Received message) {
    return message.type() == 'C' && message.text().startsWith("C SELECT");
  }

  @ParameterizedTest
  @EnumSource
  void hugeMaskedResult_passesInConstantMemory(Way way) throws Exception {
    try (TappedClient client = TappedClient.connect(gate.login("bank"))) {
      Watch watch = new Watch();
      long start = System.nanoTime();
      ask(client, way);
      boolean[] complete = {false};
      while (!complete[0]) {
        client.each(
            message -> {
              watch.see(message);
              complete[0] |= complete(message);
              return ended(client, way, message);
            });
      }
      watch.report(way.name().toLowerCase(Locale.ROOT), start);
      watch.bounded();
    }
  }

  @Test
  void slowReader_holdsUpTheServerAndNotTheGate() throws Exception {
    try (TappedClient client =
            TappedClient.connect(gate.login("bank").parameter("application_name", "slow"));
        Connection direct = server.direct("bank")) {
      Watch watch = new Watch();
      long start = System.nanoTime();
      ask(client, Way.SIMPLE);
      client.each(
          message -> {
            watch.see(message);
            return watch.rows == 10;
          });
      // The server cannot send more, and nobody took the rest from it.
      Awaitility.await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(60))
          .until(() -> waitsForClient(direct));
      watch.memory.lookAtDirect();
      watch.memory.lookAtHeap();
      watch.report("while nobody reads", start);
      client.each(
          message -> {
            watch.see(message);
            return message.type() == 'Z';
          });
      watch.report("after all", start);
      watch.bounded();
    }
  }

  private static boolean waitsForClient(Connection direct) throws SQLException {
    try (Statement statement = direct.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE query = '"
                    + QUERY
                    + "' AND wait_event = 'ClientWrite'")) {
      return rows.next() && rows.getInt(1) == 1;
    }
  }
}

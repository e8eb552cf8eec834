package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.measured.Measured;
import io.gatehouse.appliance.recorded.MysqlRows;
import io.gatehouse.appliance.testing.MemoryWatch;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.relay.AnswerCourse.Part;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A masked result of MySQL and MariaDB that is larger than what the gate may keep of it. Its plan
 * is scripted.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class MaskedMysqlStreamIT {
  private static final int ROWS = Boolean.getBoolean("gatehouse.long") ? 4_000_000 : 200_000;
  private static final int LOOKS = 8;
  private static final byte[] SECRET = MysqlRows.SECRET.getBytes(US_ASCII);
  private static final FieldMask STARS = _ -> new Value.Text("****");

  /** How the rows are asked for. */
  enum Way {
    TEXT(CommandType.COM_QUERY),
    BINARY(CommandType.COM_STMT_EXECUTE);

    private final CommandType type;

    Way(CommandType type) {
      this.type = type;
    }

    void ask(Conversation client) {
      byte[] query = MysqlRows.query(ROWS).getBytes(UTF_8);
      switch (this) {
        case TEXT -> client.tell(new ComQuery(List.of(), query));
        case BINARY -> {
          PrepareOk prepared = (PrepareOk) client.ask(new ComStmtPrepare(query)).getFirst();
          client.tell(new ComStmtExecute(prepared.statement(), 0, 1, new byte[0]));
        }
      }
    }
  }

  private static ResultShape masked(ResultDescription description) {
    List<@Nullable FieldMask> masks = new ArrayList<>();
    description.columns().forEach(one -> masks.add(one.name().equals("pan") ? STARS : null));
    return new ResultShape.Rewrite(masks);
  }

  /** Counts rows, looks at each, and at the memory from time to time. */
  private static final class Watch {
    private final MemoryWatch memory = new MemoryWatch();
    private final boolean masked;
    private final long start = System.nanoTime();
    private long bytes;
    private int rows;

    Watch(boolean masked) {
      this.masked = masked;
    }

    void see(Part part, byte[] payload) {
      assertThat(part).isNotEqualTo(Part.ERROR);
      bytes += payload.length + 4;
      if (part != Part.ROW) {
        return;
      }
      if (has(payload, SECRET) == masked) {
        throw new AssertionError("row " + rows + (masked ? " is not masked" : " is another"));
      }
      rows++;
      if (rows % 1000 == 0) {
        memory.lookAtDirect();
      }
      if (rows % (ROWS / LOOKS) == 0) {
        memory.lookAtHeap();
      }
    }

    private static boolean has(byte[] row, byte[] what) {
      for (int at = 0; at + what.length <= row.length; at++) {
        if (row[at] == what[0]
            && java.util.Arrays.equals(row, at, at + what.length, what, 0, what.length)) {
          return true;
        }
      }
      return false;
    }

    void report(String what) throws IOException {
      Measured.keep(
          MaskedMysqlStreamIT.class,
          what,
          "",
          "%,d rows, %,d bytes in %.1f s (with the test's own looking); %s"
              .formatted(rows, bytes, (System.nanoTime() - start) / 1e9, memory));
    }

    void bounded() {
      assertThat(rows).isEqualTo(ROWS);
      assertThat(bytes).isGreaterThan((long) ROWS * MysqlRows.BYTES);
      memory.bounded();
    }
  }

  private static Conversation client(Gateway gateway, boolean masked) {
    ResultPlan plan = masked ? MaskedMysqlStreamIT::masked : ResultPlan.UNTOUCHED;
    gateway.gate().script((_, _) -> new Decision.Run(plan, ResultLimits.NONE));
    return new Conversation(gateway.enter().connection());
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL, TEXT, true",
    "MYSQL, BINARY, true",
    "MYSQL, TEXT, false",
    "MARIADB, TEXT, true",
    "MARIADB, BINARY, true",
    "MARIADB, TEXT, false"
  })
  void hugeResult_passesInConstantMemory(Flavour flavour, Way way, boolean masked)
      throws Exception {
    MysqlRows.store(flavour);
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation client = client(gateway, masked);
      Watch watch = new Watch(masked);
      way.ask(client);
      client.each(way.type, watch::see);
      watch.report(lower(flavour) + ", " + lower(way) + (masked ? ", masked" : ", opaque"));
      watch.bounded();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void slowReader_holdsUpTheServerAndNotTheGate(Flavour flavour) throws Exception {
    MysqlRows.store(flavour);
    try (Gateway gateway = Gateway.to(flavour);
        Connection direct = MysqlRows.direct(flavour)) {
      Conversation client = client(gateway, true);
      Watch watch = new Watch(true);
      Way.TEXT.ask(client);
      // The server cannot send more, and nobody took the rest from it.
      Awaitility.await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(60))
          .until(() -> runs(direct));
      watch.memory.lookAtDirect();
      watch.memory.lookAtHeap();
      watch.report(lower(flavour) + ", while nobody reads");
      client.each(Way.TEXT.type, watch::see);
      watch.bounded();
    }
  }

  private static boolean runs(Connection direct) throws SQLException {
    try (Statement statement = direct.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT COUNT(*) FROM information_schema.processlist"
                    + " WHERE info LIKE '%REPEAT(%' AND id <> CONNECTION_ID()")) {
      return rows.next() && rows.getInt(1) == 1;
    }
  }
}

package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.relay.Talk.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.ComPing;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComStmtExecute;
import io.gatehouse.mysql.message.Command;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RawConnection;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.ResultShape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Results that are larger than what the gate may keep of them: 1 GB with {@code gatehouse.long}.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StreamedResultsIT {
  private static final long MEBIBYTE = 1 << 20;
  private static final int ROWS = Boolean.getBoolean("gatehouse.long") ? 1_000_000 : 50_000;
  private static final int LOOKS = 8;
  private static final int COLUMNS = 4;

  /** Rows of a thousand bytes. */
  private static final String TEXT =
      """
      SELECT REPEAT('x', 800) AS a, CONCAT('secret of ', b.id) AS ssn, 42 AS c,
        REPEAT('y', 200) AS d
      FROM information_schema.collations a, information_schema.collations b,
        information_schema.collations c
      LIMIT\
      """
          + " "
          + ROWS;

  private static final ResultPlan STARS =
      description -> {
        FieldMask mask = _ -> new Value.Text("*********");
        List<@Nullable FieldMask> masks = new ArrayList<>();
        description.columns().forEach(c -> masks.add(c.name().equals("ssn") ? mask : null));
        return new ResultShape.Rewrite(masks);
      };

  /** Netty's pools, or what the JVM knows of, whichever is more. */
  private static long direct() {
    long jvm = 0;
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      jvm += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
    }
    return Math.max(jvm, PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
  }

  /** What is still reachable. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Counts what it is given. */
  private static final class Counted implements ResultRecord {
    private long bytes;
    private int ends;

    @Override
    public boolean add(Direction direction, ByteBuf given, boolean last, Runnable goOn) {
      bytes += given.readableBytes();
      ends += last ? 1 : 0;
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({"MYSQL, false", "MYSQL, true", "MARIADB, false", "MARIADB, true"})
  void maskedAndOnRecord_takesTheMemoryOfAFewBuffers(Flavour flavour, boolean binary) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Counted record = new Counted();
      Decision.Run run =
          new Decision.Run(STARS, new ResultLimits(Long.MAX_VALUE, Long.MAX_VALUE - 1));
      RawClient.Entered entered = gateway.enter();
      RawConnection connection = entered.connection();
      Conversation talk = new Conversation(connection);
      Command command =
          binary
              ? new ComStmtExecute(Talk.prepare(talk, TEXT), 0, 1, new byte[0])
              : new ComQuery(List.of(), utf8(TEXT));
      gateway.gate().script((_, _) -> run.recordedIn(record));
      long directBefore = direct();
      long heapBefore = heap();
      long directMost = directBefore;
      long heapMost = heapBefore;
      long bytes = 0;
      int rows = 0;
      talk.tell(command);
      for (int head = 0; head < 1 + COLUMNS; head++) {
        connection.read();
      }
      byte[] payload = connection.read();
      while ((payload[0] & 0xFF) != OkPacket.END_OF_ROWS || payload.length > 100) {
        bytes += payload.length;
        row(payload, rows);
        rows++;
        directMost = rows % 1_000 == 0 ? Math.max(directMost, direct()) : directMost;
        heapMost = rows % (ROWS / LOOKS) == 0 ? Math.max(heapMost, heap()) : heapMost;
        payload = connection.read();
      }
      assertThat(rows).isEqualTo(ROWS);
      assertThat(bytes).isGreaterThan(ROWS * 1_000L);
      assertThat(record.bytes).isGreaterThan(bytes);
      assertThat(record.ends).isEqualTo(1);
      assertThat(directMost - directBefore).as("direct memory").isLessThan(32 * MEBIBYTE);
      assertThat(heapMost - heapBefore).as("live heap").isLessThan(24 * MEBIBYTE);
      assertThat(talk.ask(new ComPing())).hasExactlyElementsOfTypes(OkPacket.class);
    }
  }

  private static void row(byte[] payload, int row) {
    String text = new String(payload, StandardCharsets.ISO_8859_1);
    if (text.contains("secret") || !text.contains("*********")) {
      throw new AssertionError("row " + row + " is not masked");
    }
  }
}

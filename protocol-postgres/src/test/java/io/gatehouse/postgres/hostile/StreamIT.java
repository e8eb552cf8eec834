package io.gatehouse.postgres.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.CommandComplete;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.net.Limits;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** A result that is larger than any memory. */
final class StreamIT {
  private static final long MEBIBYTE = 1_048_576;
  private static final long GIBIBYTE = 1_024 * MEBIBYTE;
  private static final long TOTAL = Boolean.getBoolean("gatehouse.long") ? 10 * GIBIBYTE : GIBIBYTE;
  private static final int LOOKS = 64;

  /** Netty's pools, or what the JVM knows of, whichever is more. */
  private static long direct() {
    long pools = Doorway.directBytes();
    long jvm = 0;
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      jvm += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
    }
    return Math.max(pools, jvm);
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void hugeResult_passesInConstantMemory(TestReporter reporter) throws Exception {
    byte[] block = Rows.block();
    long looks = LOOKS;
    long blocksPerLook = TOTAL / block.length / looks + 1;
    long blocks = blocksPerLook * looks;
    try (FakeServer server =
            new FakeServer(
                client -> {
                  client.readAsked();
                  client.send(FakeServer.ONE_COLUMN);
                  for (long i = 0; i < blocks; i++) {
                    client.write(block);
                  }
                  client.send(new CommandComplete("SELECT " + blocks * 64), FakeServer.READY);
                  client.drain();
                });
        Doorway gate = new Doorway(server, Limits.DEFAULTS, false);
        Peer peer = gate.ready()) {
      long before = direct();
      long most = before;
      long start = System.nanoTime();
      peer.send(new Query("select everything"));
      assertThat(peer.read()).isEqualTo(FakeServer.ONE_COLUMN);
      for (long look = 0; look < looks; look++) {
        assertThat(Rows.matching(peer.stream(), blocksPerLook)).isEqualTo(blocksPerLook);
        most = Math.max(most, direct());
      }
      assertThat(peer.read()).isEqualTo(new CommandComplete("SELECT " + blocks * 64));
      assertThat(peer.read()).isEqualTo(FakeServer.READY);

      double seconds = (System.nanoTime() - start) / 1e9;
      reporter.publishEntry(
          "stream",
          "%,d bytes in %.1f s, %.0f MB/s; direct memory at most %,d bytes, %,d before"
              .formatted(
                  blocks * block.length,
                  seconds,
                  blocks * block.length / seconds / 1e6,
                  most,
                  before));
      assertThat(most).isLessThan(64 * MEBIBYTE);
      assertThat(gate.gate.outcomes.take()).isEqualTo(OutcomeKind.SUCCEEDED);
    }
  }
}

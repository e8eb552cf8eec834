package io.gatehouse.postgres.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.gatehouse.postgres.message.SslRequest;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.testing.Wire;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Ten thousand connections that never finish their start-up packet. */
final class CrowdIT {
  private static final int CROWD = 10_000;
  private static final long MEBIBYTE = 1_048_576;

  /** Nothing; a length; a length and a version; a whole request for TLS; that and half a hello. */
  private static final List<byte[]> BEGINNINGS =
      List.of(
          new byte[0],
          Wire.bytes("00002710"),
          Wire.bytes("00002710 00030000"),
          Wire.written(new SslRequest()::encode),
          Wire.bytes("160301"));

  /** Both ends of a connection are in this process, but the gate keeps no more than its limit. */
  private static int affordable() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long left = unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount();
      return (int) Math.min(CROWD, left - Limit.UNFINISHED_LOGINS.defaultValue() - 1_000);
    }
    return CROWD;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void crowdThatNeverFinishes_keepsNobodyOut(TestReporter reporter) throws Exception {
    int crowd = affordable();
    assertThat(crowd).as("connections that the limit on open files allows").isGreaterThan(5_000);
    List<SocketChannel> channels = new ArrayList<>(crowd);
    try (FakeServer server = FakeServer.echoing();
        Doorway gate = new Doorway(server, Limits.DEFAULTS)) {
      gate.assertServes();
      long directBefore = Doorway.directBytes();
      long heapBefore = heap();
      Duration slowest = Duration.ZERO;
      for (int i = 0; i < crowd; i++) {
        channels.add(begin(gate.port(), BEGINNINGS.get(i % BEGINNINGS.size())));
        if (i % 500 == 499) {
          Duration took = healthy(gate);
          slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
      }
      await().untilAsserted(() -> assertThat(gate.tally.accepted).hasValueGreaterThan(crowd));
      long direct = Doorway.directBytes() - directBefore;
      long heap = heap() - heapBefore;
      long evicted = gate.tally.reached(Limit.UNFINISHED_LOGINS);

      reporter.publishEntry(
          "crowd",
          "%,d connections, %,d evicted; direct +%,d bytes, heap +%,d bytes; slowest login %d ms"
              .formatted(crowd, evicted, direct, heap, slowest.toMillis()));
      assertThat(evicted).isBetween(crowd - Limit.UNFINISHED_LOGINS.defaultValue(), (long) crowd);
      assertThat(slowest).isLessThan(Duration.ofSeconds(1));
      assertThat(direct).isLessThan(64 * MEBIBYTE);
      assertThat(heap).isLessThan(256 * MEBIBYTE);
      assertThat(healthy(gate)).isLessThan(Duration.ofSeconds(1));
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  private static SocketChannel begin(int port, byte[] beginning) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    try {
      channel.write(ByteBuffer.wrap(beginning));
    } catch (IOException alreadyEvicted) {
      channel.close();
    }
    return channel;
  }

  private static Duration healthy(Doorway gate) throws IOException {
    long start = System.nanoTime();
    gate.assertServes();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}

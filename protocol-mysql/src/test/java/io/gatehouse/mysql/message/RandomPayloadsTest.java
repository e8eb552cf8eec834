package io.gatehouse.mysql.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.message.TraceLine;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every decoder against noise and against real payloads with something wrong: a message that says
 * the same when it is encoded and decoded again, or a {@link ProtocolException}, and nothing else.
 */
class RandomPayloadsTest {
  private static final int[] TELLING = {0, 1, 2, 0x7F, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF};
  private static final int ROUNDS = Boolean.getBoolean("gatehouse.long") ? 1_000_000 : 5_000;

  /** A decoder by itself allocates little more than what came in. */
  private static final long MOST_BYTES = 1 << 20;

  static Stream<Example> examples() {
    return Example.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anyPayloadIsAMessageOrRefused(Example example) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] payload = payload(random, example.payload());
      try {
        check(payload, example.decoder(), example.spoken());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ", round " + round + ", " + HexFormat.of().formatHex(payload), e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anyExecutionIsBoundValuesOrRefused(Example example) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / 10; round++) {
      byte[] bound = payload(random, example.payload());
      ComStmtExecute execute = new ComStmtExecute(1, random.nextInt(16), 1, bound);
      BoundValues.Known known =
          new BoundValues.Known(
              random.nextInt(5),
              List.of(new Parameter.Type(random.nextInt(0x100), "")),
              BitSet.valueOf(new long[] {random.nextInt(16)}));
      try {
        BoundValues values = BoundValues.decode(execute, known, example.spoken());
        ComStmtExecute again =
            new ComStmtExecute(1, execute.flags(), 1, values.encode(execute, example.spoken()));
        assertThat(BoundValues.decode(again, known, example.spoken())).isEqualTo(values);
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ", round " + round + ", " + HexFormat.of().formatHex(bound), e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void lengthsThatNothingBacksAllocateNothing(Example example) {
    byte[] payload = Arrays.copyOf(example.payload(), example.payload().length + 9);
    long before = allocated();
    for (int at = 0; at < example.payload().length; at++) {
      byte[] bad = payload.clone();
      Arrays.fill(bad, at, at + 9, (byte) 0xFE);
      bad[at + 8] = 0;
      try {
        assertThat(example.decoder().apply(Unpooled.wrappedBuffer(bad))).isNotNull();
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(allocated() - before).isLessThan(MOST_BYTES * example.payload().length);
  }

  private static long allocated() {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static void check(
      byte[] payload, Function<ByteBuf, Message> decoder, Capabilities spoken) {
    try {
      Message message = decoder.apply(Unpooled.wrappedBuffer(payload));
      byte[] again = Wire.written(out -> message.encode(out, spoken));
      assertThat(decoder.apply(Unpooled.wrappedBuffer(again))).isEqualTo(message);
      assertThat(MessageTrace.line(TraceLine.Direction.CLIENT_TO_PROXY, message)).isNotEmpty();
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static byte[] payload(Random random, byte[] real) {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] payload = real.clone();
    for (int changes = random.nextInt(4); changes > 0 && payload.length > 0; changes--) {
      int at = random.nextInt(payload.length);
      switch (random.nextInt(4)) {
        case 0 -> payload[at] = (byte) random.nextInt();
        case 1 -> payload[at] = (byte) TELLING[random.nextInt(TELLING.length)];
        case 2 -> payload = Arrays.copyOf(payload, at);
        default -> payload = Arrays.copyOf(payload, payload.length + random.nextInt(8));
      }
    }
    return payload;
  }
}

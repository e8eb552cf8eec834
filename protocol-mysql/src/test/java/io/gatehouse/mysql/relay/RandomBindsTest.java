package io.gatehouse.mysql.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any bytes are values that can all be read, or a {@link ProtocolException}. */
class RandomBindsTest {
  private static final int ROUNDS = 200_000;
  private static final int[] CODES = {
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0F, 0xF5,
    0xF6, 0xFC, 0xFD, 0xFE, 0x8001, 0x8008
  };

  @Test
  void randomBytes_areReadWholeOrRefused() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int count = 1 + random.nextInt(10);
      byte[] bound = bound(random, count);
      BindView.Known known = new BindView.Known(count, new int[0], new LongData(), true);
      BindView view;
      try {
        view = BindView.parse(bound, known);
      } catch (ProtocolException refused) {
        continue;
      }
      taken++;
      int[] bytes = {0};
      for (int i = 0; i < view.count(); i++) {
        assertThat(view.value(i)).as("seed %d, round %d", seed, round).isNotNull();
        assertThat(view.type(i)).isNotEmpty();
        view.raw(
            i,
            (in, from, length) ->
                bytes[0] += Math.max(0, in.slice(from, Math.max(0, length)).readableBytes()));
      }
      ByteBuf again = Unpooled.buffer();
      view.writeTyped(again);
      assertThat(ByteBufUtil.getBytes(again)).as("seed %d, round %d", seed, round).isEqualTo(bound);
      assertThat(bytes[0]).isLessThan(bound.length);
    }
    assertThat(taken).as("seed %d", seed).isGreaterThan(ROUNDS / 1_000);
  }

  private static byte[] bound(Random random, int count) {
    int bits = (count + 7) / 8;
    byte[] bound = new byte[bits + 1 + 2 * count + random.nextInt(8 * count)];
    random.nextBytes(bound);
    for (int i = 0; i < bits; i++) {
      bound[i] &= (byte) (random.nextInt(4) == 0 ? 0xFF : (1 << Math.min(8, count - 8 * i)) - 1);
    }
    bound[bits] = (byte) (random.nextInt(20) == 0 ? random.nextInt() : 1);
    for (int i = 0; i < count; i++) {
      int code = CODES[random.nextInt(CODES.length)];
      bound[bits + 1 + 2 * i] = (byte) code;
      bound[bits + 2 + 2 * i] = (byte) (code >> 8);
    }
    return bound;
  }
}

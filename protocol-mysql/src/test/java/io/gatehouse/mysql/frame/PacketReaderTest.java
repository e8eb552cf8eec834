package io.gatehouse.mysql.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.net.Walk.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {
  private static final int FULL = PacketReader.FULL_BYTES;

  /** Does with a payload what its first byte says. */
  private static final class Obeying implements PacketReader.Owner {
    private final ByteBuf forwarded = Unpooled.buffer();
    private final List<byte[]> seen = new ArrayList<>();
    private int asked;
    private boolean holding = true;

    @Override
    public Step payload(ByteBuf input, int body, int length, boolean whole) {
      asked++;
      byte first = length == 0 ? 0 : input.getByte(body);
      return switch (first) {
        case 'D' -> Step.DROP;
        case 'M', 'm' -> {
          if (!whole) {
            yield Step.MORE;
          }
          seen.add(ByteBufUtil.getBytes(input, body, length));
          yield first == 'M' ? Step.PASS : Step.DROP;
        }
        case 'S' -> holding ? Step.STOP : Step.PASS;
        default -> Step.PASS;
      };
    }

    @Override
    public void forward(ByteBuf run) {
      forwarded.writeBytes(run);
      run.release();
    }

    byte[] forwarded() {
      return ByteBufUtil.getBytes(forwarded);
    }
  }

  private final Obeying owner = new Obeying();
  private final PacketReader reader = new PacketReader(owner, UnpooledByteBufAllocator.DEFAULT);

  @AfterEach
  void nothingIsLeftBehind() {
    reader.close();
    assertThat(reader.buffered()).isZero();
  }

  private static byte[] packets(int sequence, byte[]... payloads) {
    ByteBuf out = Unpooled.buffer();
    int next = sequence;
    for (byte[] payload : payloads) {
      next = PacketWriter.write(out, next, b -> b.writeBytes(payload));
    }
    return ByteBufUtil.getBytes(out);
  }

  private static byte[] payload(char first, int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    payload[0] = (byte) first;
    return payload;
  }

  private void feed(byte[] bytes, int step) {
    for (int at = 0; at < bytes.length; at += step) {
      byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step));
      reader.read(Unpooled.buffer(part.length).writeBytes(part));
    }
  }

  @Test
  void packetsSplitAtEveryByte_comeOutAsTheyWere() {
    byte[] kept = payload('M', 5);
    byte[] all = packets(0, payload('P', 3), kept, new byte[0], payload('D', 4), payload('P', 1));
    byte[] expected = packets(0, payload('P', 3), kept, new byte[0], payload('P', 1));
    for (int cut = 0; cut <= all.length; cut++) {
      Obeying each = new Obeying();
      PacketReader fresh = new PacketReader(each, UnpooledByteBufAllocator.DEFAULT);
      fresh.read(Unpooled.copiedBuffer(all, 0, cut));
      fresh.read(Unpooled.copiedBuffer(all, cut, all.length - cut));
      assertThat(each.forwarded()).as("cut at %d", cut).isEqualTo(expected);
      assertThat(each.seen).as("cut at %d", cut).containsExactly(kept);
      assertThat(fresh.midMessage()).isFalse();
      fresh.close();
    }
  }

  @Test
  void packetsByteByByte_comeOutAsTheyWere() {
    byte[] all = packets(0, payload('P', 300), payload('M', 70), payload('P', 1));
    feed(all, 1);
    assertThat(owner.forwarded()).isEqualTo(all);
    assertThat(reader.expected()).isEqualTo(3);
    assertThat(reader.atBoundary()).isTrue();
  }

  @Test
  void payloadThatPasses_isNotHeldBack() {
    byte[] all = packets(0, payload('P', 100));
    reader.read(Unpooled.copiedBuffer(all, 0, 40));
    assertThat(owner.forwarded()).isEqualTo(Arrays.copyOf(all, 40));
    assertThat(reader.buffered()).isZero();
    assertThat(reader.midMessage()).isTrue();
    assertThat(reader.atBoundary()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {FULL - 1, FULL, FULL + 1, 2 * FULL})
  void longPayload_passesAndIsSeenWhole(int length) {
    byte[] passing = payload('P', length);
    byte[] kept = payload('M', length);
    byte[] dropped = payload('D', length);
    byte[] all = packets(250, passing, kept, dropped, payload('P', 1));
    int parts = length / FULL + 1;
    reader.renumber(250, 250);
    feed(all, 1 << 20);
    ByteBuf expected = Unpooled.buffer();
    expected.writeBytes(packets(250, passing, kept));
    expected.writeBytes(packets(250 + 2 * parts, payload('P', 1)));
    assertThat(Arrays.mismatch(owner.forwarded(), ByteBufUtil.getBytes(expected))).isNegative();
    assertThat(owner.seen).hasSize(1);
    assertThat(Arrays.mismatch(owner.seen.getFirst(), kept)).isNegative();
    assertThat(reader.expected()).isEqualTo((250 + 3 * parts + 1) & 0xFF);
    assertThat(reader.midMessage()).isFalse();
  }

  @Test
  void payloadThatGoesOn_isNotABoundaryBetweenItsPackets() {
    byte[] all = packets(0, payload('P', FULL));
    reader.read(Unpooled.copiedBuffer(all, 0, all.length - 4));
    assertThat(reader.atBoundary()).isFalse();
    assertThat(reader.midMessage()).isTrue();
    reader.read(Unpooled.copiedBuffer(all, all.length - 4, 4));
    assertThat(reader.atBoundary()).isTrue();
    assertThat(owner.asked).isEqualTo(1);
    assertThat(Arrays.mismatch(owner.forwarded(), all)).isNegative();
  }

  @Test
  void droppedAndInsertedPackets_renumberThoseBehindThem() {
    reader.renumber(1, 7);
    byte[] all = packets(1, payload('P', 2), payload('m', 3), payload('P', 4));
    byte[] expected = packets(7, payload('P', 2), payload('P', 4));
    feed(all, 3);
    assertThat(owner.forwarded()).isEqualTo(expected);
    assertThat(reader.outgoing()).isEqualTo(9);
    reader.inserted(12);
    reader.read(Unpooled.copiedBuffer(packets(4, payload('P', 1))));
    assertThat(owner.forwarded()).endsWith(packets(12, payload('P', 1)));
  }

  @Test
  void numbersWrapAt256() {
    reader.renumber(255, 255);
    byte[] all = packets(255, payload('P', 2), payload('P', 3));
    feed(all, 5);
    assertThat(owner.forwarded()).isEqualTo(all);
    assertThat(all[4 + 2 + 3]).isZero();
  }

  @Test
  void packetWithAnotherNumber_isRefused() {
    assertThatThrownBy(() -> reader.read(Unpooled.copiedBuffer(packets(1, payload('P', 2)))))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("packets out of order");
  }

  @Test
  void continuationWithAnotherNumber_isRefused() {
    byte[] all = packets(0, payload('M', FULL));
    all[all.length - 1] = 9;
    assertThatThrownBy(() -> feed(all, all.length)).hasMessage("packets out of order");
  }

  @Test
  void payloadLeftWhereItIs_isAskedForAgain() {
    byte[] all = packets(0, payload('S', 2), payload('P', 2));
    reader.read(Unpooled.copiedBuffer(all));
    assertThat(owner.forwarded()).isEmpty();
    assertThat(reader.stopped()).isTrue();
    owner.holding = false;
    reader.run();
    assertThat(owner.forwarded()).isEqualTo(all);
    assertThat(reader.stopped()).isFalse();
  }

  @Test
  void announcedLength_allocatesNothing() {
    byte[] head = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0, 'M', 1, 2};
    reader.read(Unpooled.copiedBuffer(head));
    assertThat(reader.buffered()).isEqualTo(7);
    assertThat(owner.forwarded()).isEmpty();
  }

  @Test
  void anySplitOfAnyPackets_comesOutAsItWas() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      Obeying each = new Obeying();
      PacketReader fresh = new PacketReader(each, UnpooledByteBufAllocator.DEFAULT);
      byte[][] payloads = new byte[random.nextInt(8)][];
      List<byte[]> passing = new ArrayList<>();
      for (int i = 0; i < payloads.length; i++) {
        payloads[i] = payload("PMDm".charAt(random.nextInt(4)), 1 + random.nextInt(20_000));
        if (payloads[i][0] == 'P' || payloads[i][0] == 'M') {
          passing.add(payloads[i]);
        }
      }
      byte[] all = packets(0, payloads);
      int at = 0;
      while (at < all.length) {
        int step = Math.min(all.length - at, 1 + random.nextInt(9_000));
        fresh.read(Unpooled.copiedBuffer(all, at, step));
        at += step;
      }
      assertThat(Arrays.mismatch(each.forwarded(), packets(0, passing.toArray(byte[][]::new))))
          .as("seed %d, round %d", seed, round)
          .isNegative();
      fresh.close();
    }
  }

  @Test
  void bytesAfterTheEnd_areReleased() {
    reader.close();
    ByteBuf late = Unpooled.buffer().writeInt(1);
    reader.read(late);
    assertThat(late.refCnt()).isZero();
  }
}

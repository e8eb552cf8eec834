package io.gatehouse.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.message.TraceLine;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a message or a ProtocolException, and cost no more than they weigh. */
class RandomBodiesTest {
  private static final long SEED = 20_180_618L;

  /** A row of 255 empty values is a list of 255 arrays: about 50 bytes for each 4. */
  private static final long MOST_BYTES = 64 * 1024;

  static Stream<Byte> frontendTypes() {
    return typesOf(FrontendType.class);
  }

  static Stream<Byte> backendTypes() {
    return typesOf(BackendType.class);
  }

  private static Stream<Byte> typesOf(Class<?> constants) {
    return Arrays.stream(constants.getFields()).map(RandomBodiesTest::valueOf);
  }

  private static byte valueOf(Field constant) {
    try {
      return constant.getByte(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("frontendTypes")
  void randomBodyOfAClientIsAMessageOrRefused(byte type) {
    decodeRandom(type, FrontendDecoder::decode, true);
  }

  @ParameterizedTest
  @MethodSource("backendTypes")
  void randomBodyOfAServerIsAMessageOrRefused(byte type) {
    decodeRandom(type, BackendDecoder::decode, false);
  }

  @Test
  void randomLoginAnswerIsAMessageOrRefused() {
    byte type = FrontendType.AUTHENTICATION_RESPONSE;
    decodeRandom(type, (_, body) -> PasswordMessage.decode(body), true);
    decodeRandom(type, (_, body) -> SASLInitialResponse.decode(body), true);
    decodeRandom(type, (_, body) -> SASLResponse.decode(body), true);
  }

  @Test
  void randomFirstPacketIsAPacketOrRefused() {
    List<byte[]> real = StartupPacketTest.examples().map(StartupPacketTest.Example::body).toList();
    RandomBodies bodies = new RandomBodies(SEED, real);
    for (int round = 0; round < RandomBodies.rounds(); round++) {
      byte[] body = bodies.next();
      try {
        StartupPacket packet = StartupPacket.decode(Wire.offset(body));
        assertThat(Wire.written(packet::encodeBody)).as(place(round, body)).isEqualTo(body);
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError(place(round, body), e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("frontendTypes")
  void lyingClientCostsNoMemory(byte type) {
    allocateRandom(type, FrontendDecoder::decode);
  }

  @ParameterizedTest
  @MethodSource("backendTypes")
  void lyingServerCostsNoMemory(byte type) {
    allocateRandom(type, BackendDecoder::decode);
  }

  private static void decodeRandom(byte type, Example.Decoder decoder, boolean exact) {
    RandomBodies bodies = new RandomBodies(SEED + type, real(type));
    for (int round = 0; round < RandomBodies.rounds(); round++) {
      byte[] body = bodies.next();
      try {
        Message message = decoder.decode(type, Wire.offset(body));
        byte[] again = Wire.written(message::encodeBody);
        if (exact) {
          assertThat(again).as(place(round, body)).isEqualTo(body);
        }
        assertThat(decoder.decode(type, Unpooled.wrappedBuffer(again))).isEqualTo(message);
        assertThat(MessageTrace.line(TraceLine.Direction.CLIENT_TO_PROXY, message)).isNotEmpty();
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError(place(round, body), e);
      }
    }
  }

  private static void allocateRandom(byte type, Example.Decoder decoder) {
    decodeQuietly(type, decoder, new byte[0]);
    RandomBodies bodies = new RandomBodies(SEED + type, real(type));
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int round = 0; round < RandomBodies.rounds(); round++) {
      byte[] body = bodies.next();
      long before = memory.getCurrentThreadAllocatedBytes();
      decodeQuietly(type, decoder, body);
      long allocated = memory.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as(place(round, body)).isLessThan(MOST_BYTES);
    }
  }

  private static @Nullable Message decodeQuietly(byte type, Example.Decoder decoder, byte[] body) {
    try {
      return decoder.decode(type, Unpooled.wrappedBuffer(body));
    } catch (ProtocolException e) {
      return null;
    }
  }

  private static List<byte[]> real(byte type) {
    return Example.all().filter(e -> e.message().type() == type).map(Example::body).toList();
  }

  private static String place(int round, byte[] body) {
    return "seed " + SEED + ", round " + round + ", body " + HexFormat.of().formatHex(body);
  }
}

package io.gatehouse.postgres.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Function;

/**
 * Fuzz targets; without {@code JAZZER_FUZZ=1} they run over the seeds beside them. An input is a
 * type byte and a body, or for first packets a body.
 */
class DecoderFuzzTest {

  @FuzzTest
  void frontend(byte[] input) {
    if (input.length == 0) {
      return;
    }
    check(input, body -> FrontendDecoder.decode(input[0], body));
    if (input[0] == FrontendType.AUTHENTICATION_RESPONSE) {
      check(input, PasswordMessage::decode);
      check(input, SASLInitialResponse::decode);
      check(input, SASLResponse::decode);
    }
  }

  @FuzzTest
  void backend(byte[] input) {
    if (input.length > 0) {
      check(input, body -> BackendDecoder.decode(input[0], body));
    }
  }

  @FuzzTest
  void startup(byte[] input) {
    try {
      StartupPacket packet = StartupPacket.decode(Unpooled.wrappedBuffer(input));
      assertThat(Wire.written(packet::encodeBody)).isEqualTo(input);
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static void check(byte[] input, Function<ByteBuf, Message> decoder) {
    try {
      Message message = decoder.apply(Unpooled.wrappedBuffer(input, 1, input.length - 1));
      byte[] again = Wire.written(message::encodeBody);
      assertThat(decoder.apply(Unpooled.wrappedBuffer(again))).isEqualTo(message);
    } catch (ProtocolException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}

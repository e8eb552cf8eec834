package io.gatehouse.postgres.message;

import static io.gatehouse.spi.testing.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.testing.Wire;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartupPacketTest {

  record Example(StartupPacket packet, String wire) {
    byte[] body() {
      byte[] packet = bytes(wire);
      return Arrays.copyOfRange(packet, 4, packet.length);
    }
  }

  static Stream<Example> examples() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("user", "anna");
    parameters.put("database", "bank");
    parameters.put("options", "");
    return Stream.of(
        new Example(new SslRequest(), "00000008 04d2162f"),
        new Example(new GssEncRequest(), "00000008 04d21630"),
        new Example(
            new CancelRequest(77, bytes("01020304")), "00000010 04d2162e 0000004d 01020304"),
        new Example(new StartupMessage(3, 9, Map.of()), "00000009 00030009 00"),
        new Example(
            new StartupMessage(3, 2, parameters),
            "0000002a 00030002 'user' 00 'anna' 00 'database' 00 'bank' 00 'options' 00 00 00"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void packetEncodesAs(Example example) {
    assertThat(Wire.written(example.packet()::encode)).isEqualTo(bytes(example.wire()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void packetDecodesFromTheMiddleOfABuffer(Example example) {
    assertThat(StartupPacket.decode(Wire.offset(example.body()))).isEqualTo(example.packet());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void packetCutAnywhereIsRefused(Example example) {
    for (int length = 0; length < example.body().length; length++) {
      byte[] cut = Arrays.copyOf(example.body(), length);
      assertThatThrownBy(() -> StartupPacket.decode(Wire.offset(cut)))
          .isInstanceOf(ProtocolException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void packetWithAByteMoreIsRefused(Example example) {
    byte[] longer = Arrays.copyOf(example.body(), example.body().length + 1);
    if (!(example.packet() instanceof CancelRequest)) {
      assertThatThrownBy(() -> StartupPacket.decode(Wire.offset(longer)))
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void startupKeepsTheOrderOfParameters() {
    StartupPacket packet =
        StartupPacket.decode(Wire.buffer("00030000 'b' 00 '1' 00 'a' 00 '2' 00 00"));
    assertThat(packet)
        .isInstanceOfSatisfying(
            StartupMessage.class,
            startup -> assertThat(startup.parameters().keySet()).containsExactly("b", "a"));
  }

  @Test
  void parameterGivenTwiceIsRefused() {
    assertThatThrownBy(
            () -> StartupPacket.decode(Wire.buffer("00030000 'a' 00 '1' 00 'a' 00 '2' 00 00")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void otherMajorVersionIsRefused() {
    assertThatThrownBy(() -> StartupPacket.decode(Wire.buffer("00020000 00")))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("unsupported frontend protocol 2.0: use 3.0 to 3.2");
  }

  @Test
  void secretsStayOutOfStrings() {
    assertThat(new CancelRequest(77, bytes("'secret'"))).hasToString("CancelRequest[77, 6 bytes]");
  }
}

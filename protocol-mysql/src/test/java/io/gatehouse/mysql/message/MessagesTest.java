package io.gatehouse.mysql.message;

import static io.gatehouse.spi.testing.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.message.TraceLine;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

  static Stream<Example> examples() {
    return Example.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void messageEncodesAs(Example example) {
    assertThat(Wire.written(out -> example.message().encode(out, example.spoken())))
        .isEqualTo(example.payload());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void messageDecodesFromTheMiddleOfABuffer(Example example) {
    ByteBuf body = Wire.offset(example.payload());
    Message decoded = example.decoder().apply(body);
    assertThat(decoded).isEqualTo(example.message()).hasSameHashCodeAs(example.message());
    assertThat(body.isReadable()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void payloadCutAnywhereIsRefused(Example example) {
    byte[] payload = example.payload();
    for (int length = 0; length < payload.length; length++) {
      byte[] cut = Arrays.copyOf(payload, length);
      try {
        Message decoded = example.decoder().apply(Wire.offset(cut));
        assertThat(example.openEnded()).as("%s cut to %d", example, length).isTrue();
        assertThat(Wire.written(out -> decoded.encode(out, example.spoken()))).isEqualTo(cut);
      } catch (ProtocolException e) {
        assertThat(e).hasNoCause();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void payloadWithAByteMoreIsRefused(Example example) {
    byte[] longer = Arrays.copyOf(example.payload(), example.payload().length + 1);
    if (!example.openEnded()) {
      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> example.decoder().apply(Wire.offset(longer)));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void traceOfMessageIsOneLine(Example example) {
    String line = MessageTrace.line(TraceLine.Direction.SERVER_TO_PROXY, example.message());
    assertThat(line).startsWith("server→proxy " + example.message().getClass().getSimpleName());
    assertThat(line).doesNotContain("\n").doesNotContain("0123456789");
  }

  @Test
  void everyMessageHasAnExample() {
    Set<Class<?>> shown =
        Example.all()
            .<Class<?>>map(example -> example.message().getClass())
            .collect(Collectors.toSet());
    assertThat(shown).containsAll(leaves(Message.class).toList());
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MessagesTest::leaves)
        : Stream.of(type);
  }

  @Test
  void everyOtherCommandByteIsRefused() {
    List<Integer> taken =
        List.of(1, 2, 3, 9, 0x0E, 0x11, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1F);
    for (int code = 0; code < 0x100; code++) {
      assertThat(CommandType.of(code).isPresent())
          .as("command %d", code)
          .isEqualTo(taken.contains(code));
    }
    assertThatThrownBy(() -> CommandDecoder.decode(body("12 00"), Example.PLAIN))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a command that the gate does not take");
  }

  @Test
  void zeroByteInAnyTerminatedStringIsRefused() {
    String bad = "a\0b";
    byte[] none = {};
    assertThatThrownBy(() -> new AuthSwitchRequest(bad, none))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new ComChangeUser(bad, none, "", null))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new ComChangeUser("", none, bad, null))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(
            () -> new HandshakeResponse41(Example.PLAIN, 0, 0, bad, none, null, "", Map.of()))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new HandshakeV10(bad, 0, new byte[21], Example.PLAIN, 0, 0, ""))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void loginWhoseCapabilitiesDoNotFitIsRefused() {
    byte[] none = {};
    Capabilities plain = Example.PLAIN;
    assertThatThrownBy(() -> new HandshakeResponse41(plain, 0, 0, "a", none, "db", "", Map.of()))
        .hasMessageContaining("CONNECT_WITH_DB");
    assertThatThrownBy(() -> new HandshakeResponse41(plain, 0, 0, "a", none, null, null, Map.of()))
        .hasMessageContaining("PLUGIN_AUTH");
    assertThatThrownBy(
            () -> new HandshakeResponse41(plain, 0, 0, "a", new byte[256], null, "", Map.of()))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new SslRequest(plain.with(Capability.MARIADB_PROGRESS), 0, 0))
        .hasMessage("only MariaDB has extended capabilities");
  }

  @Test
  void requestOfPasswordsFromBefore41IsRefused() {
    assertThatThrownBy(() -> AuthSwitchRequest.decode(body("fe")))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void reportOfProgressIsRefused() {
    assertThatThrownBy(() -> ErrPacket.decode(body("ff ffff 01 02 000000")))
        .hasMessage("a report of progress that nobody asked for");
  }

  @Test
  void clientNameThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> CommandDecoder.decode(body("11 ff 00 00 00"), Example.PLAIN))
        .hasMessageContaining("UTF-8");
  }

  @Test
  void boundValuesWithTypesReEncodeAsTheyCame() {
    ComStmtExecute execute = new ComStmtExecute(1, 0, 1, bytes("00 01 0380 fd00 07000000 01 'x'"));
    BoundValues.Known two = new BoundValues.Known(2, List.of(), new BitSet());
    BoundValues bound = BoundValues.decode(execute, two, Example.PLAIN);
    assertThat(bound.values()).hasSize(2);
    assertThat(bound.values().getFirst().type().unsigned()).isTrue();
    assertThat(bound.values().get(1).value()).isEqualTo(bytes("'x'"));
    assertThat(bound.encode(execute, Example.PLAIN)).isEqualTo(execute.bound());
    ComStmtExecute again = new ComStmtExecute(1, 0, 1, bytes("02 00 08000000"));
    BoundValues second =
        BoundValues.decode(
            again, new BoundValues.Known(2, bound.types(), new BitSet()), Example.PLAIN);
    assertThat(second.values().getFirst().value()).isEqualTo(bytes("08000000"));
    assertThat(second.values().get(1).value()).isNull();
    assertThat(second.encode(again, Example.PLAIN)).isEqualTo(again.bound());
  }

  @Test
  void valueThatCameAsLongDataIsNotInTheExecution() {
    ComStmtExecute execute = new ComStmtExecute(1, 0, 1, bytes("00 01 0300 fc00 07000000"));
    BoundValues bound = BoundValues.decode(execute, Example.known(), Example.PLAIN);
    assertThat(bound.values().get(1).value()).isNull();
    assertThat(bound.nulls().get(1)).isFalse();
    assertThat(bound.encode(execute, Example.PLAIN)).isEqualTo(execute.bound());
  }

  @Test
  void executionWithAttributesHasMoreValuesThanParameters() {
    ComStmtExecute execute =
        new ComStmtExecute(1, 8, 1, bytes("02 00 01 0300 00 fd00 03 'app' 07000000 01 'x'"));
    BoundValues bound =
        BoundValues.decode(
            execute, new BoundValues.Known(1, List.of(), new BitSet()), Example.RICH);
    assertThat(bound.types().get(1).name()).isEqualTo("app");
    assertThat(bound.encode(execute, Example.RICH)).isEqualTo(execute.bound());
  }

  @Test
  void executionWithoutTypesBeforeAnyIsRefused() {
    ComStmtExecute execute = new ComStmtExecute(1, 0, 1, bytes("00 00 07000000"));
    assertThatThrownBy(
            () ->
                BoundValues.decode(
                    execute, new BoundValues.Known(1, List.of(), new BitSet()), Example.PLAIN))
        .hasMessage("values without the types that they have");
  }

  @Test
  void unknownCapabilityKeepsItsBit() {
    Capabilities unknown = new Capabilities(1L << 60 | 1);
    assertThat(unknown).hasToString("[CLIENT_MYSQL|0x1000000000000000]");
  }

  private static ByteBuf body(String notation) {
    return Unpooled.wrappedBuffer(bytes(notation));
  }
}

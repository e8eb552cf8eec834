package io.gatehouse.postgres.message;

import static io.gatehouse.spi.testing.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    assertThat(Wire.written(example.message()::encode)).isEqualTo(example.frame());
    assertThat(example.message().type()).isEqualTo(example.frame()[0]);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void messageAppendsToWhatIsThere(Example example) {
    ByteBuf out = Unpooled.buffer().writeLong(42);
    example.message().encode(out);
    assertThat(out.readLong()).isEqualTo(42);
    assertThat(Wire.written(copy -> copy.writeBytes(out))).isEqualTo(example.frame());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void messageDecodesFromTheMiddleOfABuffer(Example example) {
    ByteBuf body = Wire.offset(example.body());
    Message decoded = example.decoder().decode(example.frame()[0], body);
    assertThat(decoded).isEqualTo(example.message()).hasSameHashCodeAs(example.message());
    assertThat(body.isReadable()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void bodyCutAnywhereIsRefused(Example example) {
    byte[] body = example.body();
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      try {
        Message decoded = example.decoder().decode(example.frame()[0], Wire.offset(cut));
        assertThat(example.openEnded()).as("%s cut to %d", example, length).isTrue();
        assertThat(Wire.written(decoded::encodeBody)).isEqualTo(cut);
      } catch (ProtocolException e) {
        assertThat(e).hasNoCause();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void bodyWithAByteMoreIsRefused(Example example) {
    byte[] longer = Arrays.copyOf(example.body(), example.body().length + 1);
    if (!example.openEnded()) {
      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> example.decoder().decode(example.frame()[0], Wire.offset(longer)));
    }
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
  void zeroByteInAnyStringIsRefused() {
    String bad = "a\0b";
    assertThatThrownBy(() -> new Query(bad)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new Parse(bad, "", new int[0])).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new Parse("", bad, new int[0])).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new Bind(bad, "", new int[0], List.of(), new int[0]))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new Bind("", bad, new int[0], List.of(), new int[0]))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new Close(Kind.PORTAL, bad)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new Describe(Kind.PORTAL, bad)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new Execute(bad, 0)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new CopyFail(bad)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new PasswordMessage(bytes("'a' 00")))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new SASLInitialResponse(bad, null))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new ErrorResponse(Map.of('M', bad)))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new ParameterStatus("a", bad)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new CommandComplete(bad)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void emptyItemThatWouldEndAListIsRefused() {
    assertThatThrownBy(() -> new AuthenticationSASL(List.of("a", "")))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new StartupMessage(3, 0, Map.of("", "a")))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new ErrorResponse(Map.of('\0', "a")))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void clientStringThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> FrontendDecoder.decode(FrontendType.QUERY, Wire.buffer("'a' ff 00")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void serverStringThatIsNotUtf8IsReadAsWellAsItCanBe() {
    assertThat(BackendDecoder.decode(BackendType.ERROR_RESPONSE, Wire.buffer("'M' 'a' ff 00 00")))
        .isEqualTo(new ErrorResponse(Map.of('M', "a\uFFFD")));
  }

  @Test
  void unknownTypeIsRefused() {
    assertThatThrownBy(() -> FrontendDecoder.decode((byte) 0xF0, Unpooled.EMPTY_BUFFER))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("the client sent a message of unknown type 240");
    assertThatThrownBy(() -> BackendDecoder.decode((byte) 'z', Unpooled.EMPTY_BUFFER))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("the server sent a message of unknown type 122");
  }

  @Test
  void cancelKeyOutsideItsBoundsIsRefused() {
    assertThat(new BackendKeyData(1, new byte[256]).secretKey()).hasSize(256);
    assertThatThrownBy(() -> new BackendKeyData(1, new byte[3]))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> new BackendKeyData(1, new byte[257]))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(
            () ->
                BackendDecoder.decode(
                    BackendType.BACKEND_KEY_DATA, Unpooled.wrappedBuffer(new byte[261])))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void errorKeepsTheOrderOfItsFields() {
    ErrorResponse error =
        ErrorResponse.of("FATAL", "28000", "no").with('H', "hint").with('M', "yes");
    assertThat(error.fields().keySet()).containsExactly('S', 'V', 'C', 'M', 'H');
    assertThat(error.severity()).isEqualTo("FATAL");
    assertThat(error.sqlState()).isEqualTo("28000");
    assertThat(error.message()).isEqualTo("yes");
  }

  @Test
  void arraysThatComeInStayInsideEvenIfTheirListChanges() {
    List<byte[]> values = new ArrayList<>(List.of(bytes("01")));
    DataRow row = new DataRow(Collections.unmodifiableList(values));
    values.clear();
    assertThat(row.values()).hasSize(1);
  }
}

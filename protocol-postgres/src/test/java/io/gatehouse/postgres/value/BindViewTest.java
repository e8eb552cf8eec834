package io.gatehouse.postgres.value;

import static io.gatehouse.spi.testing.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.FrontendDecoder;
import io.gatehouse.postgres.message.FrontendType;
import io.gatehouse.postgres.message.RandomBodies;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindViewTest {
  private static final long SEED = 20_031_117L;
  private static final int[] NONE = {};

  private final BindView view = new BindView();

  private static byte[] body(int[] formats, int[] resultFormats, String... values) {
    Bind bind = new Bind("p", "st", formats, Wire.values(values), resultFormats);
    return Wire.written(bind::encodeBody);
  }

  @Test
  void bindIsReadWhereItLies() {
    ByteBuf body =
        Wire.offset(body(new int[] {1, 0, 0}, new int[] {0, 1}, "00000007", "'x'", "NULL"));
    int reader = body.readerIndex();
    view.wrap(body, new int[] {23});
    assertThat(view.portal()).isEqualTo("p");
    assertThat(view.statement()).isEqualTo("st");
    assertThat(view.count()).isEqualTo(3);
    assertThat(view.declaredTypes()).isEqualTo(1);
    assertThat(List.of(view.type(0), view.type(1))).containsExactly("23", "0");
    assertThat(List.of(view.binary(0), view.binary(1))).containsExactly(true, false);
    assertThat(view.value(0)).isEqualTo(new Value.Int(7));
    assertThat(List.of(raw(0), raw(1), raw(2))).containsExactly("00000007", "78", "NULL");
    assertThat(view.value(1)).isEqualTo(new Value.Opaque("0", bytes("'x'")));
    assertThat(view.value(2)).isEqualTo(Value.NULL);
    assertThat(view.resultFormatCount()).isEqualTo(2);
    assertThat(List.of(view.resultFormat(0), view.resultFormat(1))).containsExactly(0, 1);
    assertThat(body.readerIndex()).isEqualTo(reader);
  }

  private String raw(int index) {
    StringBuilder said = new StringBuilder();
    view.raw(
        index,
        (in, from, length) ->
            said.append(length < 0 ? "NULL" : ByteBufUtil.hexDump(in, from, length)));
    return said.toString();
  }

  @Test
  void oneFormatIsForAllAndNoneIsText() {
    view.wrap(Wire.offset(body(new int[] {1}, new int[] {1}, "01", "00")), new int[] {16, 16});
    assertThat(List.of(view.value(0), view.value(1)))
        .containsExactly(new Value.Bool(true), new Value.Bool(false));
    assertThat(view.resultFormat(9)).isEqualTo(1);
    view.wrap(Wire.offset(body(NONE, NONE, "'t'")), new int[] {16});
    assertThat(view.binary(0)).isFalse();
    assertThat(view.value(0)).isEqualTo(new Value.Bool(true));
    assertThat(view.resultFormat(9)).isZero();
  }

  @Test
  void otherNumberOfFormatsThanOfValuesIsRefused() {
    assertThatThrownBy(() -> view.wrap(Wire.offset(body(new int[] {0, 1}, NONE, "01")), NONE))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("2 formats for 1 values: send none, one, or one each");
  }

  @Test
  void refusedBindLeavesNothingOfTheOneBefore() {
    view.wrap(Wire.offset(body(NONE, new int[] {1}, "'1'")), new int[] {23});
    assertThatThrownBy(() -> view.wrap(Wire.buffer("00"), NONE))
        .isInstanceOf(ProtocolException.class);
    assertThat(view.count()).isZero();
    assertThat(view.resultFormatCount()).isZero();
    assertThatThrownBy(() -> view.value(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void nameThatRepeatsIsTheSameString() {
    view.wrap(Wire.offset(body(NONE, NONE)), NONE);
    String first = view.statement();
    view.wrap(Wire.offset(body(NONE, NONE)), NONE);
    assertThat(view.statement()).isSameAs(first);
  }

  @Test
  void nameThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> view.wrap(Wire.buffer("00 ff 00 0000 0000 0000"), NONE))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("UTF-8");
  }

  /** The view takes what the decoder takes, and reads the same from it. */
  @Test
  void randomBodyIsReadAsTheDecoderReadsIt() {
    RandomBodies bodies =
        new RandomBodies(
            SEED,
            List.of(
                body(new int[] {1}, NONE, "00000007", "NULL"),
                body(NONE, new int[] {0, 1, 1}, "'abc'"),
                body(new int[] {0, 1}, NONE, "'a'", "'b'")));
    for (int round = 0; round < 10 * RandomBodies.rounds(); round++) {
      byte[] body = bodies.next();
      String place = "seed " + SEED + ", round " + round + ", " + HexFormat.of().formatHex(body);
      Bind bind = decoded(body);
      boolean taken = true;
      try {
        view.wrap(Wire.offset(body), NONE);
      } catch (ProtocolException e) {
        taken = false;
      }
      assertThat(taken).as(place).isEqualTo(bind != null);
      if (bind != null) {
        assertSame(place, bind);
      }
    }
  }

  private static @Nullable Bind decoded(byte[] body) {
    try {
      Bind bind = (Bind) FrontendDecoder.decode(FrontendType.BIND, Wire.offset(body));
      int formats = bind.parameterFormats().length;
      return formats <= 1 || formats == bind.parameters().size() ? bind : null;
    } catch (ProtocolException e) {
      return null;
    }
  }

  private void assertSame(String place, Bind bind) {
    assertThat(view.portal()).as(place).isEqualTo(bind.portal());
    assertThat(view.statement()).as(place).isEqualTo(bind.statement());
    assertThat(view.count()).as(place).isEqualTo(bind.parameters().size());
    assertThat(view.resultFormatCount()).as(place).isEqualTo(bind.resultFormats().length);
    for (int i = 0; i < view.count(); i++) {
      byte[] value = bind.parameters().get(i);
      assertThat(view.value(i))
          .as(place)
          .isEqualTo(value == null ? Value.NULL : new Value.Opaque("0", value));
    }
  }
}

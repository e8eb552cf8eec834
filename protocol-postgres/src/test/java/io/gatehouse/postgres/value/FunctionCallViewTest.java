package io.gatehouse.postgres.value;

import static io.gatehouse.spi.testing.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.FunctionCall;
import io.gatehouse.spi.message.ProtocolException;
import io.gatehouse.spi.testing.Wire;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FunctionCallViewTest {
  private final FunctionCallView view = new FunctionCallView();

  private static byte[] body() {
    FunctionCall call =
        new FunctionCall(-2, new int[] {1}, Arrays.asList(bytes("00000001"), null), 1);
    return Wire.written(call::encodeBody);
  }

  @Test
  void callIsReadWhereItLies() {
    view.wrap(Wire.offset(body()));
    assertThat(view.function()).isEqualTo(4294967294L);
    assertThat(view.resultFormat()).isEqualTo(1);
    assertThat(view.count()).isEqualTo(2);
    assertThat(view.declaredTypes()).isZero();
    assertThat(view.type(1)).isEqualTo("0");
    assertThat(view.binary(0)).isTrue();
    assertThat(view.value(0)).isEqualTo(new Value.Opaque("0", bytes("00000001")));
    assertThat(view.value(1)).isEqualTo(Value.NULL);
  }

  @Test
  void callCutAnywhereOrLongerIsRefusedAndLeavesNothing() {
    for (int length = 0; length <= body().length + 1; length++) {
      byte[] body = Arrays.copyOf(body(), length);
      if (length != body().length) {
        assertThatThrownBy(() -> view.wrap(Wire.offset(body)))
            .isInstanceOf(ProtocolException.class);
        assertThat(view.count()).isZero();
        assertThat(view.function()).isZero();
      }
    }
  }
}

package io.gatehouse.spi.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class HeldSecretTest {
  private static final byte[] BYTES = "of a target".getBytes(StandardCharsets.US_ASCII);

  @Test
  void secretThatIsTakenOver_isWipedWhereItWas_andGivenOutAsOftenAsAsked() {
    byte[] original = BYTES.clone();
    HeldSecret held = HeldSecret.of(Secret.of(original));

    assertThat(original).containsOnly(0);
    Secret first = held.copy();
    assertThat(first.bytes()).isEqualTo(BYTES);
    first.close();
    try (Secret second = held.copy()) {
      assertThat(second.bytes()).isEqualTo(BYTES);
    }
  }

  @Test
  void emptySecret_isEmpty() {
    try (Secret copy = HeldSecret.of(Secret.of(new byte[0])).copy()) {
      assertThat(copy.bytes()).isEmpty();
    }
  }

  @Test
  void text_doesNotShowIt() {
    assertThat(HeldSecret.of(Secret.of(BYTES.clone()))).hasToString("HeldSecret[redacted]");
  }
}

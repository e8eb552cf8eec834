package io.gatehouse.appliance.mask.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class MaskKeyTest {
  private static final String BYTES = "correct horse battery staple, and then some";

  private static MaskKey key() {
    return MaskKey.of("k-2026.1", Secret.of(BYTES.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void key_isInNoText() {
    MaskKey key = key();
    byte[] derived = key.derive("x");
    for (Object shown :
        new Object[] {
          key,
          MaskKeys.of(Map.of("main", key)),
          new KeyedDigest(key, "x"),
          new DigitCipher(key, "x", "")
        }) {
      assertThat(shown.toString())
          .doesNotContain("horse")
          .doesNotContain(HexFormat.of().formatHex(derived).substring(0, 8))
          .contains(shown instanceof MaskKeys ? "main" : "k-2026.1");
    }
  }

  @Test
  void keyThatIsTooShortOrNamedBadly_isRefusedWithoutItsBytes() {
    assertThatThrownBy(() -> MaskKey.of("k", Secret.of("horse".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key k has 5 bytes and needs at least 32");
    assertThatThrownBy(() -> MaskKey.of("a b", Secret.of(BYTES.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("a b");
  }

  @Test
  void closing_wipesWhatWasDerived_andLeavesTheCallersSecretAlone() {
    byte[] bytes = BYTES.getBytes(StandardCharsets.UTF_8);
    MaskKey key = MaskKey.of("k", Secret.of(bytes));
    byte[] derived = key.derive("x");
    assertThat(derived).hasSize(32).isNotEqualTo(new byte[32]).isNotEqualTo(key.derive("y"));
    key.close();
    key.close();
    assertThat(derived).isEqualTo(new byte[32]);
    assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo(BYTES);
    assertThatThrownBy(() -> key.derive("x")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new KeyedDigest(key, "x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void equalBytesOfTwoSorts_haveDifferentDigests() {
    KeyedDigest digest = new KeyedDigest(key(), "x");
    assertThat(digest.of((byte) 1, new byte[4])).isNotEqualTo(digest.of((byte) 2, new byte[4]));
    assertThat(digest.of((byte) 1, new byte[4])).isEqualTo(digest.of((byte) 1, new byte[4]));
  }

  /** The samples of NIST for FF1 with AES-128 and AES-256, radix 10. */
  @Test
  void cipherOfTheLibrary_isTheOneOfTheStandard() {
    assertThat(ff1("2B7E151628AED2A6ABF7158809CF4F3C", "")).isEqualTo("2433477484");
    assertThat(ff1("2B7E151628AED2A6ABF7158809CF4F3C", "39383736353433323130"))
        .isEqualTo("6124200773");
    assertThat(ff1("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94", ""))
        .isEqualTo("6657667009");
  }

  private static String ff1(String key, String tweak) {
    byte[] digits = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    FPEFF1Engine engine = new FPEFF1Engine();
    engine.init(
        true,
        new FPEParameters(
            new KeyParameter(HexFormat.of().parseHex(key)), 10, HexFormat.of().parseHex(tweak)));
    engine.processBlock(digits, 0, digits.length, digits, 0);
    StringBuilder text = new StringBuilder();
    for (byte digit : digits) {
      text.append(digit);
    }
    return text.toString();
  }

  @Test
  void digits_areEncryptedInPlace_andTooFewOrTooManyAreRefused() {
    DigitCipher cipher = new DigitCipher(key(), "x", "");
    byte[] digits = {1, 2, 3, 4, 5, 6};
    cipher.encrypt(digits);
    assertThat(digits).isNotEqualTo(new byte[] {1, 2, 3, 4, 5, 6});
    for (byte digit : digits) {
      assertThat(digit).isBetween((byte) 0, (byte) 9);
    }
    assertThatThrownBy(() -> cipher.encrypt(new byte[5]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cipher.encrypt(new byte[101]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

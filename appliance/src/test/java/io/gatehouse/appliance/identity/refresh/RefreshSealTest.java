package io.gatehouse.appliance.identity.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.appliance.control.Refreshes.Sealed;
import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What is sealed opens where it belongs, and nowhere else. */
class RefreshSealTest {
  private static final String TOKEN = "a refresh token";

  private static RefreshSeal seal(String key) {
    try (Secret secret = Secret.of(key.getBytes(StandardCharsets.UTF_8))) {
      return RefreshSeal.of(secret, new SecureRandom());
    }
  }

  private final RefreshSeal seal = seal("k".repeat(32));

  @Test
  void token_comesBack_andIsNeverSealedTheSameWayTwice() {
    Sealed one = seal.seal("gh-one", TOKEN);
    Sealed two = seal.seal("gh-one", TOKEN);
    assertThat(one).isNotEqualTo(two);
    assertThat(seal.open("gh-one", one)).contains(TOKEN);
    assertThat(seal("k".repeat(32)).open("gh-one", two)).contains(TOKEN);
    assertThat(one.toString()).isEqualTo("sealed");
  }

  @Test
  void tokenOfAnotherCredential_orUnderAnotherKey_doesNotOpen() {
    Sealed sealed = seal.seal("gh-one", TOKEN);
    assertThat(seal.open("gh-two", sealed)).isEmpty();
    assertThat(seal("l".repeat(32)).open("gh-one", sealed)).isEmpty();
  }

  @Test
  void everyBit_counts() {
    byte[] bytes = Base64.getDecoder().decode(seal.seal("gh-one", TOKEN).text());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(seal.open("gh-one", new Sealed(Base64.getEncoder().encodeToString(changed))))
          .as("bit " + bit)
          .isEmpty();
    }
    assertThat(seal.open("gh-one", new Sealed(""))).isEmpty();
    assertThat(seal.open("gh-one", new Sealed("no base64!"))).isEmpty();
    assertThat(seal.open("gh-one", new Sealed("AQ=="))).isEmpty();
  }

  @Test
  void shortKey_isRefused() {
    assertThatThrownBy(() -> seal("k".repeat(31))).hasMessageContaining("at least 32 bytes");
  }
}

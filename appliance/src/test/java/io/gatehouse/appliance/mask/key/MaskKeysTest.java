package io.gatehouse.appliance.mask.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.spi.login.Secret;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of keys when others come. */
class MaskKeysTest {

  private static Secret secret(int fill) {
    byte[] bytes = new byte[MaskKey.LEAST_BYTES];
    Arrays.fill(bytes, (byte) fill);
    return Secret.of(bytes);
  }

  private static MaskKey key(String id, int fill) {
    return MaskKey.of(id, secret(fill));
  }

  private static MaskKey found(MaskKeys keys, String name) {
    return keys.find(name).orElseThrow();
  }

  @Test
  void keyWithoutAnId_hasOneThatFollowsFromIt_andDoesNotTellIt() {
    MaskKey one = MaskKey.of(secret(1));
    assertThat(one.id()).hasSize(12).isEqualTo(MaskKey.of(secret(1)).id());
    assertThat(one.id()).isNotEqualTo(MaskKey.of(secret(2)).id()).doesNotContain("010101");
    byte[] derived = one.derive("id of another purpose");
    assertThat(derived).hasSize(32);
  }

  @Test
  void keyThatStays_goesOnAsItIs_andOthersAreClosed() {
    MaskKeys before =
        MaskKeys.of(Map.of("same", key("a", 1), "other", key("b", 2), "gone", key("c", 3)));
    MaskKeys fresh =
        MaskKeys.of(Map.of("same", key("a", 1), "other", key("b2", 9), "new", key("d", 4)));

    MaskKeys next = fresh.after(before);
    fresh.closeAllBut(next);
    before.closeAllBut(next);

    assertThat(found(next, "same")).isSameAs(found(before, "same"));
    for (String name : new String[] {"same", "other", "new"}) {
      assertThat(found(next, name).derive("x")).hasSize(32);
    }
    for (MaskKey closed : new MaskKey[] {found(before, "other"), found(before, "gone")}) {
      assertThatThrownBy(() -> closed.derive("x")).hasMessageContaining("is closed");
    }
    assertThatThrownBy(() -> found(fresh, "same").derive("x")).hasMessageContaining("is closed");
    assertThat(next.find("gone")).isEmpty();
  }

  @Test
  void anotherKeyUnderTheSameId_isRefused_andTheOldOneStaysOpen() {
    MaskKeys before = MaskKeys.of(Map.of("main", key("k-2026", 1)));
    MaskKeys fresh = MaskKeys.of(Map.of("main", key("k-2026", 2)));

    assertThatThrownBy(() -> fresh.after(before))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mask-keys.main: there is another key under the id k-2026");
    assertThat(found(before, "main").derive("x")).hasSize(32);
  }

  @Test
  void assumedKeys_areThereForEveryName_andOthersForEveryUse() {
    MaskKeys assumed = MaskKeys.assumed();
    assertThat(found(assumed, "whatever")).isSameAs(found(assumed, "another"));
    assertThat(found(assumed, "a").derive("x"))
        .isNotEqualTo(found(MaskKeys.assumed(), "a").derive("x"));
    assertThat(MaskKeys.NONE.find("whatever")).isEmpty();
  }
}

package io.gatehouse.appliance.mask.key;

import io.gatehouse.spi.login.Secret;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that masks may name, each under a name that stays while the key behind it is replaced. A
 * new key comes with new masks: what was joined under the old one is not joined under the new one.
 */
public final class MaskKeys implements AutoCloseable {
  public static final MaskKeys NONE = new MaskKeys(Map.of(), null);

  private final Map<String, MaskKey> keys;
  private final @Nullable MaskKey any;

  private MaskKeys(Map<String, MaskKey> keys, @Nullable MaskKey any) {
    this.keys = keys;
    this.any = any;
  }

  /** Takes over the keys and closes them when it is closed. */
  public static MaskKeys of(Map<String, MaskKey> keys) {
    return new MaskKeys(Map.copyOf(keys), null);
  }

  /**
   * Where the keys are not at hand: every name stands for one that is made up and that masks
   * nothing but tests. With it nothing can be said of names.
   */
  public static MaskKeys assumed() {
    byte[] bytes = new byte[MaskKey.LEAST_BYTES];
    new SecureRandom().nextBytes(bytes);
    try (Secret secret = Secret.of(bytes)) {
      return new MaskKeys(Map.of(), MaskKey.of("assumed", secret));
    }
  }

  public Optional<MaskKey> find(String name) {
    return Optional.ofNullable(keys.getOrDefault(name, any));
  }

  /**
   * These keys as the successors of others. One that is the same under its name goes on, and its
   * masks with it; the others' are left to {@link #closeAllBut}.
   *
   * @throws IllegalArgumentException if a key is another than before and has the same id: what it
   *     masks could not be told apart from what the old one masked
   */
  public MaskKeys after(MaskKeys before) {
    Map<String, MaskKey> next = new HashMap<>();
    keys.forEach(
        (name, key) -> {
          MaskKey old = before.keys.get(name);
          if (old == null || !old.id().equals(key.id())) {
            next.put(name, key);
          } else if (old.same(key)) {
            next.put(name, old);
          } else {
            throw new IllegalArgumentException(
                "mask-keys." + name + ": there is another key under the id " + key.id());
          }
        });
    return new MaskKeys(Map.copyOf(next), any);
  }

  /** Closes the keys that are not among those that go on. */
  public void closeAllBut(MaskKeys next) {
    keys.values().stream().filter(key -> !next.has(key)).forEach(MaskKey::close);
  }

  private boolean has(MaskKey key) {
    return keys.values().stream().anyMatch(one -> one == key);
  }

  @Override
  public void close() {
    keys.values().forEach(MaskKey::close);
    if (any != null) {
      any.close();
    }
  }

  @Override
  public String toString() {
    return "MaskKeys" + keys.keySet();
  }
}

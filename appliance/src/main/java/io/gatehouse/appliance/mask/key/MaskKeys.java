package io.gatehouse.appliance.mask.key;

import java.util.Map;
import java.util.Optional;

/**
 * The keys that masks may name, each under a name that stays while the key behind it is replaced. A
 * new key comes with new masks: what was joined under the old one is not joined under the new one.
 */
public final class MaskKeys implements AutoCloseable {
  public static final MaskKeys NONE = new MaskKeys(Map.of());

  private final Map<String, MaskKey> keys;

  private MaskKeys(Map<String, MaskKey> keys) {
    this.keys = keys;
  }

  /** Takes over the keys and closes them when it is closed. */
  public static MaskKeys of(Map<String, MaskKey> keys) {
    return new MaskKeys(Map.copyOf(keys));
  }

  public Optional<MaskKey> find(String name) {
    return Optional.ofNullable(keys.get(name));
  }

  @Override
  public void close() {
    keys.values().forEach(MaskKey::close);
  }

  @Override
  public String toString() {
    return "MaskKeys" + keys.keySet();
  }
}

package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.key.MaskKey;
import io.gatehouse.appliance.mask.key.MaskKeys;
import java.util.Optional;

/** Finds the key that a mask's parameters name. */
final class Keys {

  private Keys() {}

  static Optional<MaskKey> named(Settings settings, MaskKeys keys) {
    String name = settings.required("key");
    Optional<MaskKey> key = keys.find(name);
    // not named here: what stands there may be a key that was written where its name belongs
    if (!name.isEmpty() && key.isEmpty()) {
      settings.problem("key must be the name of a configured mask key");
    }
    return key;
  }
}

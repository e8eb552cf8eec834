package io.gatehouse.appliance;

import io.gatehouse.appliance.mask.MaskCatalog;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.policy.MaskCheck;
import java.util.List;

/** Whether what a policy says of masks can be carried out. */
public final class MaskDefinitions {
  private MaskDefinitions() {}

  /** Knows these keys and no other. */
  static MaskCheck with(MaskKeys keys) {
    return check(new MaskCatalog(keys, List.of()));
  }

  /** Where no configuration is at hand: a key may have any name. */
  public static MaskCheck withAnyKeys() {
    return check(new MaskCatalog(MaskKeys.assumed(), List.of()));
  }

  private static MaskCheck check(MaskCatalog kinds) {
    return definition -> kinds.problem(definition.kind(), definition.parameters());
  }
}

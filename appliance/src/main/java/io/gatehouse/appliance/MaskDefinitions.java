package io.gatehouse.appliance;

import io.gatehouse.appliance.mask.MaskCatalog;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.policy.MaskCheck;
import io.gatehouse.appliance.policy.Masks;
import java.util.List;
import java.util.Optional;

/** Whether what a policy says of masks can be carried out. */
public final class MaskDefinitions {
  private MaskDefinitions() {}

  /**
   * Knows these keys and retention classes and no other.
   *
   * @param classes empty where nothing is on record
   */
  static MaskCheck with(MaskKeys keys, Optional<List<String>> classes) {
    MaskCheck masks = check(new MaskCatalog(keys, List.of()));
    return new MaskCheck() {
      @Override
      public Optional<String> problem(Masks.Definition definition) {
        return masks.problem(definition);
      }

      @Override
      public Optional<String> retentionProblem(String name) {
        return classes
            .filter(known -> !known.contains(name))
            .map(known -> "there is no such retention class; classes: " + String.join(", ", known));
      }
    };
  }

  /** Where no configuration is at hand: a key may have any name. */
  public static MaskCheck withAnyKeys() {
    return check(new MaskCatalog(MaskKeys.assumed(), List.of()));
  }

  private static MaskCheck check(MaskCatalog kinds) {
    return definition -> kinds.problem(definition.kind(), definition.parameters());
  }
}

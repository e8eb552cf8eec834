package io.gatehouse.appliance;

import io.gatehouse.appliance.engine.PolicyMasks;
import io.gatehouse.appliance.mask.MaskCatalog;
import io.gatehouse.appliance.mask.type.PostgresTypes;
import io.gatehouse.appliance.policy.Masks;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskSource;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.spi.ResultDescription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The masks that a policy defines, each made once for each type that it meets. Thread-safe; those
 * of an older policy are made anew.
 */
final class DefinedMasks implements PolicyMasks {
  private final MaskCatalog kinds;
  private final AtomicReference<OfPolicy> last = new AtomicReference<>();

  DefinedMasks(MaskCatalog kinds) {
    this.kinds = kinds;
  }

  @Override
  public MaskSource of(Policy policy) {
    OfPolicy known = last.get();
    if (known != null && known.version == policy.version()) {
      return known;
    }
    OfPolicy fresh = new OfPolicy(policy.version(), policy.masks(), kinds);
    last.set(fresh);
    return fresh;
  }

  private static final class OfPolicy implements MaskSource {
    private final long version;
    private final Masks masks;
    private final MaskCatalog kinds;
    private final Map<Wanted, Found> made = new ConcurrentHashMap<>();

    /** A mask for a type with its bounds. */
    private record Wanted(String mask, String type, int modifier) {}

    OfPolicy(long version, Masks masks, MaskCatalog kinds) {
      this.version = version;
      this.masks = masks;
      this.kinds = kinds;
    }

    @Override
    public Found find(String mask, ResultDescription.Column column) {
      Wanted wanted = new Wanted(mask, column.type(), column.modifier());
      Found known = made.get(wanted);
      if (known == null) {
        known = make(wanted);
        made.put(wanted, known);
      }
      return known;
    }

    private Found make(Wanted wanted) {
      return masks
          .named(wanted.mask())
          .map(definition -> make(definition, wanted))
          .orElseGet(() -> new Found.None("the policy does not define it"));
    }

    private Found make(Masks.Definition definition, Wanted wanted) {
      ValueType type = PostgresTypes.of(Integer.parseUnsignedInt(wanted.type()), wanted.modifier());
      if (definition.equals(Masks.UNSAID)) {
        return new Found.Mask(MaskCatalog.whole(type));
      }
      return switch (kinds.of(definition.kind(), definition.parameters(), type)) {
        case MaskCatalog.Found.Defined defined -> new Found.Mask(defined.mask());
        case MaskCatalog.Found.Problem(String text) -> new Found.None(text);
      };
    }
  }
}

package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.UserType;
import io.gatehouse.appliance.content.ValueMasks;
import io.gatehouse.appliance.engine.PolicyMasks;
import io.gatehouse.appliance.mask.ColumnMask;
import io.gatehouse.appliance.mask.MaskCatalog;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.mask.type.MysqlTypes;
import io.gatehouse.appliance.mask.type.PostgresTypes;
import io.gatehouse.appliance.policy.Masks;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskSource;
import io.gatehouse.appliance.protection.MaskSource.Found;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.spi.ResultDescription.Column;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The masks that a policy defines, each made once for each type that it meets. Thread-safe; those
 * of an older policy or of older keys are made anew.
 */
public final class DefinedMasks implements PolicyMasks {
  private final AtomicReference<MaskCatalog> kinds;
  private final AtomicReference<@Nullable OfPolicy> last = new AtomicReference<>();

  /** The keys stay the caller's. */
  public DefinedMasks(MaskKeys keys) {
    kinds = new AtomicReference<>(new MaskCatalog(keys, List.of()));
  }

  /**
   * From now on masks are made with these keys; those that were made fail once theirs are closed.
   */
  void replace(MaskKeys keys) {
    kinds.set(new MaskCatalog(keys, List.of()));
  }

  @Override
  public MaskSource of(Policy policy, Catalog catalog) {
    OfPolicy masks = of(policy);
    return (mask, column) -> masks.find(mask, type(column, catalog));
  }

  @Override
  public ValueMasks values(Policy policy) {
    return of(policy)::find;
  }

  /** PostgreSQL's types are told by number. */
  private static ValueType type(Column column, Catalog catalog) {
    return Character.isDigit(column.type().charAt(0))
        ? type(Integer.parseUnsignedInt(column.type()), column.modifier(), catalog)
        : MysqlTypes.of(column.type(), column.modifier());
  }

  private OfPolicy of(Policy policy) {
    MaskCatalog current = kinds.get();
    OfPolicy known = last.get();
    if (known != null && known.version == policy.version() && known.kinds == current) {
      return known;
    }
    OfPolicy fresh = new OfPolicy(policy.version(), policy.masks(), current);
    last.set(fresh);
    return fresh;
  }

  /** What the server calls a type, with what only its catalog knows of it. */
  static ValueType type(int oid, int modifier, Catalog catalog) {
    UserType enumeration = catalog.enumeration(Integer.toUnsignedLong(oid));
    return enumeration == null
        ? PostgresTypes.of(oid, modifier)
        : ValueType.enumeration(enumeration.labels());
  }

  /** What a definition gives for a type. */
  static Found made(MaskCatalog kinds, Masks.Definition definition, ValueType type) {
    if (definition.equals(Masks.UNSAID)) {
      return named(MaskCatalog.whole(type));
    }
    return switch (kinds.of(definition.kind(), definition.parameters(), type)) {
      case MaskCatalog.Found.Defined defined -> named(defined.mask());
      case MaskCatalog.Found.Problem(String text) -> new Found.None(text);
    };
  }

  private static Found.Mask named(ColumnMask mask) {
    return new Found.Mask(mask, mask.label());
  }

  private static final class OfPolicy {
    private final long version;
    private final Masks masks;
    private final MaskCatalog kinds;
    private final Map<Wanted, Found> made = new ConcurrentHashMap<>();

    private record Wanted(String mask, ValueType type) {}

    OfPolicy(long version, Masks masks, MaskCatalog kinds) {
      this.version = version;
      this.masks = masks;
      this.kinds = kinds;
    }

    Found find(String mask, ValueType type) {
      Wanted wanted = new Wanted(mask, type);
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
          .map(definition -> made(kinds, definition, wanted.type()))
          .orElseGet(() -> new Found.None("the policy does not define it"));
    }
  }
}

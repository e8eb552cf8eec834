package io.gatehouse.appliance;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.ColumnTypes;
import io.gatehouse.appliance.mask.MaskCatalog;
import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskSource;
import io.gatehouse.plugin.ValueType;
import java.util.List;
import java.util.Optional;

/** Whether the masks of a policy are defined for the columns of a database. */
final class MaskFit {
  private final Policy policy;
  private final MaskCatalog kinds;
  private final Catalog catalog;
  private final ColumnTypes types;

  MaskFit(Policy policy, MaskKeys keys, Catalog catalog, ColumnTypes types) {
    this.policy = policy;
    this.kinds = new MaskCatalog(keys, List.of());
    this.catalog = catalog;
    this.types = types;
  }

  ColumnTypes types() {
    return types;
  }

  /** Why a mask is not defined for a column; empty if it is, or if the column is not known. */
  Optional<String> problem(String mask, ColumnOrigin column) {
    ColumnTypes.Type described = types.of(column);
    if (described == null) {
      return Optional.empty();
    }
    ValueType type = DefinedMasks.type(described.oid(), described.modifier(), catalog);
    return policy
        .masks()
        .named(mask)
        .flatMap(
            definition ->
                switch (DefinedMasks.made(kinds, definition, type)) {
                  case MaskSource.Found.Mask _ -> Optional.<String>empty();
                  case MaskSource.Found.None(String why) -> Optional.of(why);
                });
  }
}

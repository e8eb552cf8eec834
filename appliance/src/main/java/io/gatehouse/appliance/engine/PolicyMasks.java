package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.content.ValueMasks;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskSource;

/** What the masks of a policy stand for. Thread-safe. */
@FunctionalInterface
public interface PolicyMasks {

  /** For results of a database with this catalog. */
  MaskSource of(Policy policy, Catalog catalog);

  /** For values that calls bring back. */
  default ValueMasks values(Policy policy) {
    return (_, _) -> new MaskSource.Found.None("masks are for columns only here");
  }
}

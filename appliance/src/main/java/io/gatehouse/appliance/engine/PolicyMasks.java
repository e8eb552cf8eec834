package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.MaskSource;

/** What the masks of a policy stand for. Thread-safe. */
@FunctionalInterface
public interface PolicyMasks {

  /** For results of a database with this catalog. */
  MaskSource of(Policy policy, Catalog catalog);
}

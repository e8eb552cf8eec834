package io.gatehouse.appliance.policy;

import java.util.Map;

/** The arguments of a call, as conditions read them. */
@FunctionalInterface
public interface Arguments {

  /** Of what has none. */
  Arguments NONE = Map::of;

  /**
   * By name, in the values of CEL: maps, lists, text, truth, doubles and whole numbers.
   *
   * @throws RuntimeException if they cannot be read, or are not known yet: then a condition that
   *     reads them cannot be evaluated
   */
  Map<String, Object> values();
}

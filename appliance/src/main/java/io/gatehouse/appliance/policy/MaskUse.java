package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.Problem;

/**
 * A mask that a rule has for something.
 *
 * @param mask its name
 */
public record MaskUse(String mask, Place place) {

  /** Where the rule stands. */
  public record Place(String file, int line, String path) {
    public Problem problem(String message) {
      return new Problem(file, line, path + ".mask", message);
    }
  }
}

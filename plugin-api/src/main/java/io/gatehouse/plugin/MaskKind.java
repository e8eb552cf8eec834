package io.gatehouse.plugin;

import java.util.Map;

/** A kind of mask that policies can name. Thread-safe. */
public interface MaskKind {

  /** What a policy calls it: lower case letters, digits and hyphens. */
  String name();

  /**
   * Makes the mask for a column of a type. Called when a policy is loaded; whatever is wrong is
   * said then, so that nothing is left to go wrong with a row.
   *
   * @param parameters what the policy says beside the name; one that the kind does not know is a
   *     problem
   */
  Made make(Map<String, String> parameters, ValueType type);

  /** What comes of it. */
  sealed interface Made {

    record Ready(Mask mask) implements Made {}

    /**
     * There is no such mask for the type, or a parameter is wrong.
     *
     * @param problem for the policy's author: what is wrong and what would be right; never a secret
     */
    record Undefined(String problem) implements Made {}
  }
}

package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.mask.detect.Detector;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The detectors that a policy's rules name. Immutable.
 *
 * @param defined by name
 */
public record Detectors(Map<String, Defined> defined) {

  public Detectors {
    defined = Map.copyOf(defined);
  }

  /**
   * What a name stands for.
   *
   * @param version follows from the definition: another one has another
   * @param patterns the names of the author's own patterns
   */
  public record Defined(Detector detector, String version, Set<String> patterns) {
    public Defined {
      patterns = Set.copyOf(patterns);
    }
  }

  public Optional<Defined> named(String name) {
    return Optional.ofNullable(defined.get(name));
  }

  Set<String> names() {
    return new TreeSet<>(defined.keySet());
  }
}

package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.mask.detect.Finding;
import io.gatehouse.appliance.policy.Detectors;
import io.gatehouse.plugin.Verdict.OnFinding;
import io.gatehouse.plugin.Verdict.Sought;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is looked for in the results of one submission. Immutable.
 *
 * @param parts each detector once
 */
record Search(List<Part> parts) {

  Search {
    parts = List.copyOf(parts);
  }

  /** Finds; called for each text, on the event loop. */
  @FunctionalInterface
  interface Finder {
    List<Finding> find(byte[] bytes, int from, int to);
  }

  /**
   * One detector.
   *
   * @param rule the first rule that asks for it as strictly as any
   * @param patterns the names of the policy's own patterns in it
   * @param binaryPasses whether all rules that ask for it let pass what it cannot read
   */
  record Part(
      String rule,
      String detector,
      String version,
      Set<String> patterns,
      OnFinding found,
      boolean binaryPasses,
      Finder finder) {
    Part {
      patterns = Set.copyOf(patterns);
    }
  }

  /**
   * What rules ask for; where several ask for one detector, the strictest says what becomes of its
   * findings.
   */
  static Search of(Detectors detectors, List<Sought> sought) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Sought one : sought) {
      parts.merge(one.detector(), part(detectors, one), Search::stricter);
    }
    return new Search(List.copyOf(parts.values()));
  }

  private static Part stricter(Part first, Part next) {
    Part part = first.found().compareTo(next.found()) >= 0 ? first : next;
    return new Part(
        part.rule(),
        part.detector(),
        part.version(),
        part.patterns(),
        part.found(),
        first.binaryPasses() && next.binaryPasses(),
        part.finder());
  }

  private static Part part(Detectors detectors, Sought one) {
    Detectors.Defined defined =
        detectors
            .named(one.detector())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the policy does not define the detector " + one.detector()));
    return new Part(
        one.rule(),
        one.detector(),
        defined.version(),
        defined.patterns(),
        one.found(),
        one.binaryPasses(),
        defined.detector()::find);
  }
}

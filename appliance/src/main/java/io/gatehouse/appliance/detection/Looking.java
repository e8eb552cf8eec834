package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.mask.detect.Finding;
import io.gatehouse.plugin.Verdict.OnFinding;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for all that is sought in one place, and counts what it finds. If a detector fails, so does
 * the result. Owned by the session's event loop.
 */
final class Looking implements Look {
  /**
   * Matching one pattern of a policy's own takes up to a microsecond a byte, and nothing else of
   * the event loop runs meanwhile.
   */
  static final int MOST_FOR_PATTERNS = 1 << 16;

  /** In the place of a kind: what is not searched for patterns, because there is too much of it. */
  static final String TOO_LONG = "too-long";

  private final Search search;
  private final Tally.Place place;
  private final Tally tally;

  /** How many bytes were looked through since the beginning, with those at hand. */
  private long looked;

  Looking(Search search, Tally.Place place, Tally tally) {
    this.search = search;
    this.place = place;
    this.tally = tally;
  }

  /** What comes now is another field. */
  void begin() {
    looked = 0;
  }

  @Override
  public List<Finding> at(byte[] bytes, int from, int to) {
    looked += to - from;
    List<Finding> hidden = List.of();
    for (Search.Part part : search.parts()) {
      List<Finding> found =
          !part.patterns().isEmpty() && looked > MOST_FOR_PATTERNS && to > from
              ? List.of(new Finding(TOO_LONG, from, to))
              : part.finder().find(bytes, from, to);
      if (!found.isEmpty()) {
        tally.add(place, part, found);
        hidden = part.found() == OnFinding.MASK ? joined(hidden, found) : hidden;
      }
    }
    return hidden;
  }

  private static List<Finding> joined(List<Finding> one, List<Finding> other) {
    if (one.isEmpty()) {
      return other;
    }
    List<Finding> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}

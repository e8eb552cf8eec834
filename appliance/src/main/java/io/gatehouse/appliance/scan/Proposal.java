package io.gatehouse.appliance.scan;

import io.gatehouse.appliance.mask.detect.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A tag for a column, and what speaks for it.
 *
 * @param column its name in a policy
 * @param certain whether enough speaks for it; if not, it is for somebody to decide
 */
record Proposal(Tag tag, String column, boolean certain, String why) {

  /** One value in so many is enough of a form that hardly anything else has. */
  private static final int FEW = 10;

  /** And one of so many of any other. */
  private static final int MOST = 2;

  /** Check digits, a prefix, an at sign: not what numbers look like by chance. */
  private static final Set<Kind> TELLING =
      EnumSet.complementOf(
          EnumSet.of(Kind.PAN, Kind.SSN, Kind.PHONE, Kind.IPV4, Kind.IPV6, Kind.EMAIL));

  static List<Proposal> of(Table table, Table.Column column, Seen seen) {
    List<Proposal> proposals = new ArrayList<>();
    for (Tag tag : Tag.values()) {
      Map<Kind, Integer> hits = new TreeMap<>(seen.hits());
      hits.keySet().removeIf(kind -> !tag.shows(kind));
      boolean named = tag.named(column.name());
      if (named || !hits.isEmpty()) {
        proposals.add(
            new Proposal(
                tag,
                PolicyName.of(table.schema(), table.name(), column.name()),
                enough(hits, seen.values()) || (named && likely(tag, column, hits, seen.values())),
                why(named, hits, seen.values())));
      }
    }
    return proposals;
  }

  private static boolean enough(Map<Kind, Integer> hits, int values) {
    return hits.entrySet().stream()
        .anyMatch(hit -> hit.getValue() * (TELLING.contains(hit.getKey()) ? FEW : MOST) >= values);
  }

  /** A name that its values do not bear out is a guess. */
  private static boolean likely(Tag tag, Table.Column column, Map<Kind, Integer> hits, int values) {
    if (!column.textual()) {
      return tag.ofAnyType();
    }
    return !hits.isEmpty() || values == 0 || !tag.wouldShow();
  }

  private static String why(boolean named, Map<Kind, Integer> hits, int values) {
    List<String> reasons = new ArrayList<>();
    if (named) {
      reasons.add("its name");
    }
    hits.forEach((kind, count) -> reasons.add(kind.label() + " in " + count + " of " + values));
    if (hits.isEmpty()) {
      reasons.add(values == 0 ? "no values looked at" : "not in " + values + " values");
    }
    return String.join("; ", reasons);
  }
}

package io.gatehouse.appliance.journal.index;

import io.gatehouse.appliance.journal.read.Content;
import io.gatehouse.appliance.journal.record.Datum;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a record can be found by, of what it says. Immutable. */
public final class Facts {
  private static final int KIND_OF_RESOURCE = 2;
  private static final int PATH = 3;
  private static final String COLUMN = "column";

  private final Map<Facet, Set<String>> values;

  private Facts(Map<Facet, Set<String>> values) {
    this.values = values;
  }

  /** Everybody looks for the same, whatever the case. */
  public static String normal(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }

  public static Facts of(Content.Said said) {
    Map<Facet, Set<String>> values = new EnumMap<>(Facet.class);
    switch (said.kind()) {
      case SESSION_OPENED -> {
        add(values, Facet.CALLER, said, "subject");
        add(values, Facet.CALLER, said, "actor");
        add(values, Facet.TARGET, said, "target");
      }
      case LOGIN_REFUSED -> add(values, Facet.CALLER, said, "login");
      case COMMAND_INTENT -> {
        add(values, Facet.FINGERPRINT, said, "fingerprint");
        add(values, Facet.VERDICT, said, "verdict");
        add(values, Facet.RULE, said, "rule");
        said.rows("accesses").forEach(access -> names(values, access));
      }
      default -> {}
    }
    return new Facts(values);
  }

  private static void add(
      Map<Facet, Set<String>> values, Facet facet, Content.Said said, String field) {
    said.text(field).ifPresent(value -> add(values, facet, value));
  }

  private static void add(Map<Facet, Set<String>> values, Facet facet, String value) {
    if (!value.isBlank()) {
      values.computeIfAbsent(facet, _ -> new LinkedHashSet<>()).add(normal(value));
    }
  }

  private static void names(Map<Facet, Set<String>> values, Datum access) {
    if (!(access instanceof Datum.Row(List<Datum> parts))
        || parts.size() <= PATH
        || !(parts.get(KIND_OF_RESOURCE) instanceof Datum.Text(String kind))
        || !(parts.get(PATH) instanceof Datum.Row(List<Datum> path))) {
      return;
    }
    List<String> words =
        path.stream()
            .filter(Datum.Text.class::isInstance)
            .map(part -> ((Datum.Text) part).value())
            .toList();
    endings(values, words);
    if (kind.equals(COLUMN) && words.size() > 1) {
      endings(values, words.subList(0, words.size() - 1));
    }
  }

  private static void endings(Map<Facet, Set<String>> values, List<String> words) {
    for (int from = 0; from < words.size(); from++) {
      add(values, Facet.NAME, String.join(".", words.subList(from, words.size())));
    }
  }

  public Map<Facet, Set<String>> values() {
    return values;
  }

  /** Whether all that is looked for is there; the values are normal ones. */
  public boolean fit(Map<Facet, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(one -> values.getOrDefault(one.getKey(), Set.of()).contains(one.getValue()));
  }
}

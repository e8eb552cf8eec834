package io.gatehouse.appliance.scan;

import io.gatehouse.appliance.mask.detect.Detector;
import io.gatehouse.appliance.mask.detect.Finding;
import io.gatehouse.appliance.mask.detect.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What was seen in the values of one column: how many, and how many with what. */
final class Seen {
  private static final Detector EVERYTHING = new Detector(EnumSet.allOf(Kind.class), List.of());

  private static final Map<String, Kind> LABELS =
      Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::label, kind -> kind));

  private final Map<Kind, Integer> hits = new EnumMap<>(Kind.class);
  private int values;

  void add(String value) {
    if (value.isBlank()) {
      return;
    }
    values++;
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (Finding finding : EVERYTHING.find(bytes, 0, bytes.length)) {
      Kind kind = LABELS.get(finding.kind());
      if (kind != null) {
        kinds.add(kind);
      }
    }
    kinds.forEach(kind -> hits.merge(kind, 1, Integer::sum));
  }

  int values() {
    return values;
  }

  Map<Kind, Integer> hits() {
    return Map.copyOf(hits);
  }
}

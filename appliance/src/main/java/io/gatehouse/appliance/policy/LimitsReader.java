package io.gatehouse.appliance.policy;

import io.gatehouse.appliance.yaml.Item;
import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.plugin.Verdict.Bounds;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The limits of a rule: {@code {rows: 10000, bytes: 50MiB, time: 30s}}. */
final class LimitsReader {
  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,12})([A-Za-z]+)");
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Map<String, Long> MILLISECONDS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  private LimitsReader() {}

  static Bounds read(Section section) {
    Bounds limits =
        new Bounds(
            section
                .find("rows", item -> item.wholeNumber(1, Long.MAX_VALUE))
                .orElse(Bounds.NONE.rows()),
            section
                .find(
                    "bytes", item -> quantity(item, BYTES, "a size like 50MiB (B, KiB, MiB, GiB)"))
                .orElse(Bounds.NONE.bytes()),
            section
                .find("time", item -> quantity(item, MILLISECONDS, "a time like 30s (ms, s, m, h)"))
                .map(Duration::ofMillis)
                .orElse(Bounds.NONE.time()));
    if (limits.equals(Bounds.NONE)) {
      section.problem("must name a limit: rows, bytes, time");
    }
    return limits;
  }

  private static long quantity(Item item, Map<String, Long> units, String wanted) {
    Matcher matcher = QUANTITY.matcher(item.text());
    Optional<Long> unit =
        matcher.matches() ? Optional.ofNullable(units.get(matcher.group(2))) : Optional.empty();
    long number = unit.isPresent() ? Long.parseLong(matcher.group(1)) : 0;
    if (number == 0 || number > Long.MAX_VALUE / unit.orElse(1L)) {
      item.problem("must be " + wanted);
      return 1;
    }
    return number * unit.orElse(1L);
  }
}

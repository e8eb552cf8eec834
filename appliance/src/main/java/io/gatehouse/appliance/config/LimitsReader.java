package io.gatehouse.appliance.config;

import io.gatehouse.appliance.yaml.Section;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.util.EnumMap;
import java.util.Map;

/** The section {@code limits}: its keys are the limits' own. */
final class LimitsReader {
  /** Seconds and counts beyond this are no limit any more; a year of seconds fits. */
  private static final long MOST = Integer.MAX_VALUE;

  /** Bytes of all sessions together: a terabyte. */
  private static final long MOST_TOTAL = 1L << 40;

  private LimitsReader() {}

  static Limits read(Section section) {
    Map<Limit, Long> values = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      section
          .find(limit.key())
          .ifPresent(item -> values.put(limit, item.wholeNumber(least(limit), most(limit))));
    }
    return new Limits(values);
  }

  private static long least(Limit limit) {
    return limit.defaultValue() == 0 ? 0 : 1;
  }

  private static long most(Limit limit) {
    return limit == Limit.COMMAND_BYTES_TOTAL ? MOST_TOTAL : MOST;
  }
}

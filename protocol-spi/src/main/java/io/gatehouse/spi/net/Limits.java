package io.gatehouse.spi.net;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The value of each limit.
 *
 * @param values those that differ from their default
 */
public record Limits(Map<Limit, Long> values) {

  public static final Limits DEFAULTS = new Limits(Map.of());

  public Limits {
    EnumMap<Limit, Long> all = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      all.put(limit, limit.defaultValue());
    }
    all.putAll(values);
    values = Collections.unmodifiableMap(all);
  }

  public long of(Limit limit) {
    return values.getOrDefault(limit, limit.defaultValue());
  }

  public int intOf(Limit limit) {
    return (int) Math.min(of(limit), Integer.MAX_VALUE);
  }

  public Duration secondsOf(Limit limit) {
    return Duration.ofSeconds(of(limit));
  }

  public Limits with(Limit limit, long value) {
    EnumMap<Limit, Long> changed = new EnumMap<>(values);
    changed.put(limit, value);
    return new Limits(changed);
  }
}

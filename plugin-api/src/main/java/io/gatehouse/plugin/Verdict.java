package io.gatehouse.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The gate's answer to a command, always with the rule that gave it. */
public sealed interface Verdict {

  /** The rule that decided. */
  String rule();

  /**
   * It may run.
   *
   * @param rule the first rule that allowed a part of it
   * @param bounds what ends it early
   */
  record Allow(String rule, Bounds bounds) implements Verdict {}

  /**
   * It may run if what it reads of these is masked.
   *
   * @param rule the first rule that asks for a mask
   * @param bounds what ends it early
   * @param masked what is to be masked, and how
   */
  record AllowMasked(String rule, Bounds bounds, List<Masked> masked) implements Verdict {
    public AllowMasked {
      masked = List.copyOf(masked);
    }
  }

  /**
   * Something that is protected.
   *
   * @param mask the name that the policy gives the mask
   */
  record Masked(Resource resource, String mask, Strength strength) {}

  /** How much of a protected value a result may depend on. */
  enum Strength {
    /** The value itself does not come out; which rows come out may depend on it. */
    OUTPUT,
    /** Nothing that comes out depends on it. */
    STRICT
  }

  /**
   * It waits for somebody's consent.
   *
   * @param message what the caller is told
   */
  record Hold(String rule, String message) implements Verdict {}

  /**
   * It does not run.
   *
   * @param message what the caller is told
   */
  record Deny(String rule, String message) implements Verdict {}

  /**
   * What ends a command early, always in an error.
   *
   * @param rows most rows of its result
   * @param bytes most bytes of its result
   * @param time how long it may take
   */
  record Bounds(long rows, long bytes, Duration time) {
    /** No bounds. */
    public static final Bounds NONE =
        new Bounds(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE));

    public Bounds {
      Objects.requireNonNull(time, "time");
      if (rows < 0 || bytes < 0 || time.isNegative()) {
        throw new IllegalArgumentException("bounds are not negative");
      }
    }

    /** The tighter of each. */
    public Bounds and(Bounds other) {
      return new Bounds(
          Math.min(rows, other.rows),
          Math.min(bytes, other.bytes),
          time.compareTo(other.time) <= 0 ? time : other.time);
    }
  }
}

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
   * @param sought what its results are searched for
   */
  record Allow(String rule, Bounds bounds, List<Sought> sought) implements Verdict {
    public Allow {
      sought = List.copyOf(sought);
    }

    /** Its results are not searched. */
    public Allow(String rule, Bounds bounds) {
      this(rule, bounds, List.of());
    }
  }

  /**
   * It may run if what it reads of these is masked.
   *
   * @param rule the first rule that asks for a mask
   * @param bounds what ends it early
   * @param masked what is to be masked, and how
   * @param sought what its results are searched for beside
   */
  record AllowMasked(String rule, Bounds bounds, List<Masked> masked, List<Sought> sought)
      implements Verdict {
    public AllowMasked {
      masked = List.copyOf(masked);
      sought = List.copyOf(sought);
    }

    /** Its results are not searched. */
    public AllowMasked(String rule, Bounds bounds, List<Masked> masked) {
      this(rule, bounds, masked, List.of());
    }
  }

  /**
   * A detector that looks through results.
   *
   * @param rule the rule that asks for it
   * @param detector the name that the policy gives the detector
   * @param binaryPasses whether what no detector can read passes unread
   */
  record Sought(String rule, String detector, OnFinding found, boolean binaryPasses) {

    /** What cannot be read does not pass. */
    public Sought(String rule, String detector, OnFinding found) {
      this(rule, detector, found, false);
    }
  }

  /** What becomes of a value that a detector finds, from mild to strict. */
  enum OnFinding {
    /** It passes, and the finding is told. */
    ALERT,
    /** A marker takes its place, and the finding is told. */
    MASK
  }

  /**
   * Something that is protected.
   *
   * @param mask the name that the policy gives the mask
   * @param fields what of it, where it is called and has no columns
   */
  record Masked(Resource resource, String mask, Strength strength, Fields fields) {

    /** All of it. */
    public Masked(Resource resource, String mask, Strength strength) {
      this(resource, mask, strength, Fields.ALL);
    }
  }

  /**
   * What is protected of that which a call brings back.
   *
   * @param paths of JSON, from the result on; none for every value
   * @param textPasses whether text in which no path can be looked for passes
   * @param binaryPasses whether binary content passes
   * @param misfit what becomes of a value that the mask gives nothing for
   */
  record Fields(List<String> paths, boolean textPasses, boolean binaryPasses, Misfit misfit) {
    /** Every value, and nothing passes. */
    public static final Fields ALL = new Fields(List.of(), false, false, Misfit.REFUSE);

    public Fields {
      paths = List.copyOf(paths);
    }
  }

  /** What becomes of a value for whose type a mask is not defined, or gives none of that type. */
  enum Misfit {
    /** The result is withheld. */
    REFUSE,
    /** One fixed value of the type. */
    REDACT,
    /** Null, whatever the type. */
    NOTHING
  }

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

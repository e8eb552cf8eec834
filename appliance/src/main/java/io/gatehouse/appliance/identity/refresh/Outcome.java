package io.gatehouse.appliance.identity.refresh;

import java.util.Locale;

/** What became of one question, for counting. */
public enum Outcome {
  SAME,
  CHANGED,
  WITHDRAWN,
  UNANSWERED,
  /** Somebody else has it, or the store did not take what was said. */
  LOST;

  /** The label. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.gatehouse.plugin;

/** How much of a command the analysis vouches for. */
public enum Certainty {
  /** All of it was read. */
  EXACT,
  /** What it does and to which things was read; a body that is kept for later was not. */
  OUTLINE,
  /** It was not understood; {@link Operation#UNKNOWN}. */
  NONE
}

package io.gatehouse.appliance.masking;

/** Which protected values a bank's database holds; all else is the same in each. */
public enum Variant {
  /** What tests look for: each text says SECRET, each number is 9......1. */
  MARKED,
  /** Nothing as in {@link #MARKED}: other values, other lengths, NULL where there was none. */
  UNLIKE,
  /**
   * Other values than {@link #MARKED} that look the same behind a mask that leaves the last four
   * characters, the year of dates, and NULL.
   */
  ALIKE
}

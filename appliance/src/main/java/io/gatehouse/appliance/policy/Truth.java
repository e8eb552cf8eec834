package io.gatehouse.appliance.policy;

/**
 * Whether something holds, as far as it can be told. What may hold restricts and does not open: it
 * counts for rules that make a verdict stricter and not for those that make it milder.
 */
enum Truth {
  NO,
  MAYBE,
  YES;

  static Truth of(boolean holds) {
    return holds ? YES : NO;
  }

  Truth and(Truth other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Truth or(Truth other) {
    return compareTo(other) >= 0 ? this : other;
  }

  Truth not() {
    return switch (this) {
      case NO -> YES;
      case MAYBE -> MAYBE;
      case YES -> NO;
    };
  }
}

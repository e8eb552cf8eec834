package io.gatehouse.appliance.policy;

import java.util.Locale;

/** What a rule is for, from strict to mild. */
public enum RuleKind {
  DENY,
  HOLD,
  MASK,
  LIMIT,
  DETECT,
  ALLOW,
  /** Decides nothing: says what the journal must not hold. */
  OMIT;

  /** As it is written in a policy. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In a sentence. */
  String article() {
    return (this == ALLOW || this == OMIT ? "an " : "a ") + word();
  }

  /** Whether a verdict can be that of a rule of this kind. */
  boolean decides() {
    return opens() || refuses();
  }

  /** Whether a rule of this kind opens what it matches. */
  boolean opens() {
    return this == MASK || this == ALLOW;
  }

  /** Whether a rule of this kind keeps what it matches from running. */
  boolean refuses() {
    return this == DENY || this == HOLD;
  }

  /** Whether a rule of this kind says what is looked at in results. */
  boolean looksAtResults() {
    return this == MASK || this == DETECT;
  }

  /** Whether a rule of this kind may bound what runs. */
  boolean bounds() {
    return opens() || this == LIMIT;
  }
}

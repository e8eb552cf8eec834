package io.gatehouse.appliance.policy;

import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Verdict;

/** The sentences that callers are told. They name things, never a value. */
final class Verdicts {
  static final String NOT_UNDERSTOOD = "not-understood";
  static final String DEFAULT_DENY = "default-deny";

  private static final String UNANSWERED = " (its condition could not be evaluated)";

  private Verdicts() {}

  static Verdict.Deny notUnderstood(String doubt) {
    return new Verdict.Deny(
        NOT_UNDERSTOOD, doubt.isBlank() ? "the command was not understood" : doubt);
  }

  static Verdict.Deny defaultDeny(Access access) {
    String what =
        access.operation() == Operation.SESSION
            ? "the operation session" + on(access.resource())
            : "to " + verb(access) + " " + access.resource();
    return new Verdict.Deny(DEFAULT_DENY, "no rule allows " + what);
  }

  private static String on(Resource resource) {
    return resource.kind() == Resource.Kind.SESSION ? "" : " on " + resource;
  }

  static Verdict.Deny nothingTouched() {
    return new Verdict.Deny(DEFAULT_DENY, "the command touches nothing that a rule could allow");
  }

  static Verdict deny(Rule rule, Truth condition) {
    return new Verdict.Deny(rule.name(), said(rule, condition, "this is denied"));
  }

  static Verdict hold(Rule rule, Truth condition) {
    return new Verdict.Hold(rule.name(), said(rule, condition, "this waits for consent"));
  }

  private static String said(Rule rule, Truth condition, String otherwise) {
    String message = rule.message().isEmpty() ? otherwise : rule.message();
    return condition == Truth.MAYBE ? message + UNANSWERED : message;
  }

  /** As it is written in rules, which is where the reader looks next. */
  static String verb(Access access) {
    return Words.of(access.operation());
  }
}

package io.gatehouse.appliance.identity.token;

/**
 * A text is not JSON as the gate reads it. Has no stack: whoever sends one must not make it dear.
 */
public final class UnreadableJsonException extends Exception {

  /** What is wrong, without a word of the text. */
  enum Problem {
    NOT_JSON,
    REPEATED_NAME,
    TOO_BIG
  }

  private final Problem problem;

  UnreadableJsonException(Problem problem) {
    super(problem.name(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}

package io.gatehouse.appliance.sql.attacks;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One evasion; what each part means stands at the head of the list's file.
 *
 * @param note what it plays on, empty where the text says it
 * @param setup run by a superuser at the server beforehand
 * @param outcomes what may become of it where the columns are protected; never empty
 * @param leaks what none of the client's messages may hold then
 * @param unchanged a query whose answer at the server stays the same
 */
public record Attack(
    String id,
    String section,
    String note,
    List<String> setup,
    List<Step> steps,
    Set<Outcome> outcomes,
    List<String> leaks,
    Optional<String> unchanged) {

  /** What the gate does with a step where only reading is allowed. */
  public enum Expectation {
    DENIED,
    HELD_OR_DENIED,
    ALLOWED,
    AS_SERVER;

    /** Whether nothing of the step may reach the server without a second person. */
    public boolean stopped() {
      return this == DENIED || this == HELD_OR_DENIED;
    }
  }

  /** What becomes of the whole where columns are protected. */
  public enum Outcome {
    MASKED,
    MASKED_IN_FULL,
    DENIED,
    HELD,
    ALLOWED,
    AS_SERVER
  }

  /**
   * One Query message.
   *
   * @param sql its text, which may hold several statements
   */
  public record Step(Expectation expected, String sql) {}

  public Attack {
    setup = List.copyOf(setup);
    steps = List.copyOf(steps);
    outcomes = Set.copyOf(outcomes);
    leaks = List.copyOf(leaks);
  }

  /** Whether any step is to be stopped. */
  public boolean stopped() {
    return steps.stream().anyMatch(step -> step.expected().stopped());
  }

  /** Short, so that a test's name is. */
  @Override
  public String toString() {
    return id;
  }
}

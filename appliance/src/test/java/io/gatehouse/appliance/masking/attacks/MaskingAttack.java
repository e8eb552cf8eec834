package io.gatehouse.appliance.masking.attacks;

import io.gatehouse.appliance.masking.twin.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One evasion, sent in one way; what each part means stands at the head of its file.
 *
 * @param note what it plays on
 * @param setup run by a superuser at the server beforehand
 * @param startup parameters of the first message
 * @param steps taken in order on one connection
 * @param leaks texts that are in an answer if nothing is in between, beside protected values
 */
public record MaskingAttack(
    String id,
    String note,
    Preparation preparation,
    List<Step> steps,
    Channel channel,
    Allowed allowed,
    List<String> leaks) {

  /** Where a value, or what follows from it, leaves the server with nothing in between. */
  public enum Channel {
    ROWS,
    COPY,
    ERROR,
    NOTICE,
    NOTIFY,
    PSTATUS,
    FUNCTION,
    TAG,
    NONE
  }

  /** What may become of it. */
  public enum Outcome {
    MASKED,
    DERIVED,
    REFUSED,
    ANSWERED
  }

  /** What may become of it under each strength of protection. */
  public record Allowed(Set<Outcome> strict, Set<Outcome> output) {
    public Allowed {
      strict = Set.copyOf(strict);
      output = Set.copyOf(output);
    }
  }

  /** What is done before. */
  public record Preparation(List<String> setup, Map<String, String> startup) {
    public Preparation {
      setup = List.copyOf(setup);
      startup = Map.copyOf(startup);
    }
  }

  public MaskingAttack {
    steps = List.copyOf(steps);
    leaks = List.copyOf(leaks);
  }

  /** Whether the database is as before afterwards, as far as its text shows. */
  public boolean leavesNoTrace() {
    return preparation.setup().isEmpty()
        && steps.stream().allMatch(step -> step.sql().matches(
            "(?is)(SELECT|VALUES|TABLE|WITH RECURSIVE|BEGIN|COMMIT|DECLARE|FETCH|MOVE|PREPARE d|EXECUTE d|COPY \\((?!UPDATE)|SHOW|LISTEN).*"))
        && steps.stream().noneMatch(step -> step.sql().matches("(?is).*\\b(INTO|setval)\\b.*"));
  }

  @Override
  public String toString() {
    return id;
  }
}

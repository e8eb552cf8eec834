package io.gatehouse.appliance.masking.attacks;

import io.gatehouse.appliance.masking.twin.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One evasion, sent in one way; what each part means stands at the head of its file.
 *
 * @param note what it plays on
 * @param preparation what is done before the steps
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

  private static final Pattern READS =
      Pattern.compile(
          "(?is)(SELECT|VALUES|TABLE|WITH|BEGIN|COMMIT|ROLLBACK|DECLARE|FETCH|MOVE|CLOSE|SET|SHOW"
              + "|LISTEN|PREPARE|EXECUTE|DEALLOCATE|EXPLAIN|COPY|--).*");
  private static final Pattern WRITES =
      Pattern.compile(
          "(?is)\\b(INTO|FROM STDIN|CREATE|UPDATE|INSERT|DELETE|MERGE|setval|nextval|lo_\\w+)\\b");

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

  /**
   * What is done before.
   *
   * @param setup run by a superuser at the server beforehand
   * @param startup parameters of the first message
   */
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
    return steps.stream()
        .map(Step::sql)
        .allMatch(sql -> READS.matcher(sql).matches() && !WRITES.matcher(sql).find());
  }

  @Override
  public String toString() {
    return id;
  }
}

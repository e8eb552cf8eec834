package io.gatehouse.appliance.journal.keep;

import java.util.List;

/**
 * What is kept, and who may say otherwise.
 *
 * @param operators who may sign orders; no two have the same name or key
 */
public record KeepPlan(Retention retention, List<Operator> operators, FormerKeys formerKeys) {
  /** Nobody may prune anything. */
  public static final KeepPlan DEFAULT =
      new KeepPlan(Retention.DEFAULT, List.of(), FormerKeys.NONE);

  public KeepPlan {
    operators = List.copyOf(operators);
    if (operators.stream().map(Operator::name).distinct().count() < operators.size()
        || operators.stream().map(Operator::fingerprint).distinct().count() < operators.size()) {
      throw new IllegalArgumentException("two operators with the same name or the same key");
    }
  }
}

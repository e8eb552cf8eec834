package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.detection.SearchedResult;
import io.gatehouse.appliance.detection.Tally;
import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.protection.Shield;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on all statements of one submission, added up. Lives for one decision, on the
 * session's event loop.
 */
final class Weighing {
  private final Circumstances now;
  private final Shield shield;
  private final Policy rules;
  private final String policy;
  private final List<Verdict.Sought> sought = new ArrayList<>();
  private Verdict.Bounds bounds = Verdict.Bounds.NONE;

  /**
   * @param rules the policy that decides
   */
  Weighing(Circumstances now, Shield shield, Policy rules) {
    this.now = now;
    this.shield = shield;
    this.rules = rules;
    this.policy = rules.digest();
  }

  /** Why they may not run; null if they may. */
  @Nullable Refusal of(List<Known> all, NotBoundYet unbound) {
    for (Known known : all) {
      for (Known.Part part : known.parts()) {
        Refusal refusal = one(part, unbound);
        if (refusal != null) {
          return refusal;
        }
      }
    }
    return shield.together().map(Refusals::unproved).orElse(null);
  }

  private @Nullable Refusal one(Known.Part part, NotBoundYet unbound) {
    Command command = part.analysed().command();
    return switch (part.plan().decide(now)) {
      case Verdict.Allow(String rule, Verdict.Bounds more, var wanted) ->
          searched(part, wanted, allowed(part, rule, more, List.of()));
      case Verdict.AllowMasked(String rule, Verdict.Bounds more, var masked, var wanted) ->
          searched(part, wanted, allowed(part, rule, more, masked));
      case Verdict.Hold _, Verdict.Deny _ when unbound.asked() ->
          // Only what it is bound to can tell, and that is decided when it is to run.
          null;
      case Verdict verdict -> Refusals.of(verdict, command, policy);
    };
  }

  private @Nullable Refusal searched(
      Known.Part part, List<Verdict.Sought> wanted, @Nullable Refusal refused) {
    sought.addAll(wanted);
    boolean copied = part.analysed().lineage().ending() == Lineage.Ending.COPY;
    return refused == null && copied && !wanted.isEmpty()
        ? SearchedResult.copied(wanted.getFirst().rule())
        : refused;
  }

  private @Nullable Refusal allowed(
      Known.Part part, String rule, Verdict.Bounds more, List<Verdict.Masked> masked) {
    Command command = part.analysed().command();
    bounds = bounds.and(more);
    if (countsRows() && command.operation().compareTo(Operation.CALL) > 0) {
      return Refusals.boundedWrite(rule, command, policy);
    }
    return shield
        .add(part.analysed().lineage(), part.guard(), masked)
        .map(fails -> Refusals.unmasked(rule, fails, command, policy))
        .orElse(null);
  }

  boolean countsRows() {
    return bounds.rows() != Long.MAX_VALUE || bounds.bytes() != Long.MAX_VALUE;
  }

  Verdict.Bounds bounds() {
    return bounds;
  }

  /** Whether what comes back is searched. */
  boolean searches() {
    return !sought.isEmpty();
  }

  ResultPlan plan() {
    return shield.plan();
  }

  /** The same, with what is found counted. */
  ResultPlan searchedPlan(Catalog catalog, Tally tally) {
    return new SearchedResult(shield.plan(), catalog, rules.detectors(), sought, tally);
  }
}

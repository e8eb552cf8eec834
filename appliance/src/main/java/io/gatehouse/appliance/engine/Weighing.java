package io.gatehouse.appliance.engine;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.detection.SearchedResult;
import io.gatehouse.appliance.detection.Tally;
import io.gatehouse.appliance.policy.Circumstances;
import io.gatehouse.appliance.policy.Policy;
import io.gatehouse.appliance.policy.RecordTerms;
import io.gatehouse.appliance.protection.MaskTally;
import io.gatehouse.appliance.protection.Proof;
import io.gatehouse.appliance.protection.Shield;
import io.gatehouse.appliance.sql.Consequence;
import io.gatehouse.appliance.sql.lineage.Copied;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.appliance.verdict.Known;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Operation;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on all statements of one submission, added up. Lives for one decision, on the
 * session's event loop.
 */
final class Weighing {
  private static final Proof.Fails RECODED =
      new Proof.Fails(
          "code runs before it in the same message, which may change how its result is encoded",
          "Send the statements one by one.");

  private final Circumstances now;
  private final Shield shield;
  private final Policy rules;
  private final String policy;
  private final List<Verdict.Sought> sought = new ArrayList<>();
  private Verdict.Bounds bounds = Verdict.Bounds.NONE;

  private String rule = "";
  private boolean masks;
  private boolean results = true;

  /** Whether something before in the same message runs code that nobody read. */
  private boolean codeRuns;

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
    Verdict decided = part.plan().decide(now);
    rule = decided.rule();
    results &= rules.recordTerms(rule).results();
    return switch (decided) {
      case Verdict.Allow(String by, Verdict.Bounds more, var wanted) ->
          searched(part, wanted, allowed(part, by, more, List.of()));
      case Verdict.AllowMasked(String by, Verdict.Bounds more, var masked, var wanted) -> {
        masks = true;
        yield searched(part, wanted, allowed(part, by, more, masked));
      }
      case Verdict.Hold _, Verdict.Deny _ when unbound.asked() ->
          // Only what it is bound to can tell, and that is decided when it is to run.
          null;
      case Verdict.Hold _, Verdict.Deny _ -> Refusals.of(decided, command, policy);
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
      Known.Part part, String by, Verdict.Bounds more, List<Verdict.Masked> masked) {
    Command command = part.analysed().command();
    bounds = bounds.and(more);
    if (countsRows() && command.operation().compareTo(Operation.CALL) > 0) {
      return Refusals.boundedWrite(by, command, policy);
    }
    Lineage lineage = part.analysed().lineage();
    Optional<Proof.Fails> fails =
        codeRuns && lineage.copy().isPresent() && !masked.isEmpty()
            ? Optional.of(RECODED)
            : shield.add(lineage, part.guard(), masked);
    codeRuns |= part.analysed().consequences().contains(Consequence.RUNS_CODE);
    return fails.map(one -> Refusals.unmasked(by, one, command, policy)).orElse(null);
  }

  /**
   * Statements that have the results of which the server would say nothing, in order.
   *
   * @param text of the whole message
   */
  List<String> undescribed(ByteBuf text) {
    List<Copied> copies = shield.undescribed();
    String command = copies.isEmpty() ? "" : text.toString(StandardCharsets.UTF_8);
    return copies.stream().map(copied -> copied.statement(command)).toList();
  }

  /** Why nothing may run, now that the server has said it; null if all may. */
  @Nullable Refusal described(List<ResultDescription> descriptions) {
    return shield.described(descriptions).orElse(null);
  }

  /** The rule of the last statement that was looked at: of the one that is refused, if any is. */
  String rule() {
    return rule;
  }

  /** Whether any of them is masked. */
  boolean masks() {
    return masks;
  }

  /** Results are left out if a rule of any of them says so. */
  RecordTerms recordTerms() {
    return new RecordTerms(results, rules.recordTerms(rule).retention());
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

  /** What is masked, counted; grows while results come. */
  MaskTally masked() {
    return shield.tally();
  }

  ResultPlan plan() {
    return shield.plan();
  }

  /** The same, with what is found counted. */
  ResultPlan searchedPlan(Catalog catalog, Tally tally) {
    return new SearchedResult(shield.plan(), catalog, rules.detectors(), sought, tally);
  }
}

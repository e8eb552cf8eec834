package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.protection.Proof.Treated;
import io.gatehouse.appliance.sql.lineage.Copied;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Verdict.Masked;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.Diagnostics;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers, statement by statement, what one submission may show of protected columns. Lives for one
 * decision, on the session's event loop.
 */
public final class Shield {
  private final Catalog catalog;
  private final MaskSource masks;
  private final MaskTally tally = new MaskTally();
  private final List<MaskedResult.Expected> results = new ArrayList<>();
  private Diagnostics diagnostics = Diagnostics.AS_SENT;
  private boolean masked;
  private boolean unordered;
  private int statements;

  public Shield(Catalog catalog, MaskSource masks) {
    this.catalog = catalog;
    this.masks = masks;
  }

  /**
   * The next statement that would run.
   *
   * @param protectedThings what of it is protected
   * @return why it may not run
   */
  public Optional<Proof.Fails> add(Lineage lineage, Guard guard, List<Masked> protectedThings) {
    Protection protection = new Protection(catalog, protectedThings);
    if (guard.refused().isPresent()) {
      return guard.refused();
    }
    if (guard.quiet()) {
      diagnose(Diagnostics.WITHOUT_DETAIL);
    }
    if (protectedThings.isEmpty() && guard.targets().isEmpty()) {
      expect(MaskedResult.Expected.untouched(lineage, protection));
      return Optional.empty();
    }
    if (!protectedThings.isEmpty()) {
      diagnose(Diagnostics.CODE_ONLY);
    }
    return switch (new Judge(lineage, protection, guard.targets()).judge()) {
      case Proof.Fails fails -> Optional.of(fails);
      case Proof.Holds holds -> {
        masked |= holds.masks();
        expect(MaskedResult.Expected.undescribed(lineage, protection, holds.columns()));
        yield Optional.empty();
      }
    };
  }

  private void diagnose(Diagnostics atLeast) {
    diagnostics = diagnostics.compareTo(atLeast) >= 0 ? diagnostics : atLeast;
  }

  private void expect(MaskedResult.Expected result) {
    statements++;
    switch (result.lineage().ending()) {
      case ROWS -> {
        unordered |= result.lineage().outputs().isEmpty();
        results.add(result);
      }
      case COPY -> results.add(result);
      case PLAN -> {
        unordered = true;
        results.add(result);
      }
      case BEHIND_NAME -> {
        // What stands behind the name comes next, and its result is this one's.
        statements--;
        unordered = true;
      }
      case NO_ROWS, KEPT, NAMED -> {}
    }
  }

  /** Why these statements cannot run in one message; empty if they can. */
  public Optional<Proof.Fails> together() {
    return masked && statements > 1 && unordered
        ? Optional.of(
            new Proof.Fails(
                "which of its results is to be masked is not certain",
                "Send the statements one by one."))
        : Optional.empty();
  }

  /** Results that have to be described before anything runs, in order: COPY does not do it. */
  public List<Copied> undescribed() {
    return shows()
        ? results.stream()
            .filter(Shield::undescribed)
            .flatMap(result -> result.lineage().copy().stream())
            .toList()
        : List.of();
  }

  private static boolean undescribed(MaskedResult.Expected result) {
    return result.lineage().ending() == Lineage.Ending.COPY
        && !result.copy().equals(CopyShape.PASS);
  }

  /**
   * The server has described them.
   *
   * @return why nothing may run
   */
  public Optional<Refusal> described(List<ResultDescription> descriptions) {
    int next = 0;
    for (int i = 0; i < results.size(); i++) {
      MaskedResult.Expected result = results.get(i);
      if (undescribed(result)) {
        result = result.described(catalog, masks, tally, descriptions.get(next++));
        results.set(i, result);
        if (result.copy() instanceof CopyShape.Veto(Refusal refusal)) {
          return Optional.of(refusal);
        }
      }
    }
    return Optional.empty();
  }

  private boolean shows() {
    return masked || diagnostics == Diagnostics.CODE_ONLY;
  }

  /** What is masked of the results, counted; grows while they come. */
  public MaskTally tally() {
    return tally;
  }

  /** What happens to the results. */
  public ResultPlan plan() {
    if (shows()) {
      return new MaskedResult(catalog, masks, tally, results, diagnostics);
    }
    return diagnostics == Diagnostics.AS_SENT ? ResultPlan.UNTOUCHED : new Quiet(diagnostics);
  }

  /** Only what the server says of it is held back. */
  private record Quiet(Diagnostics diagnostics) implements ResultPlan {
    @Override
    public ResultShape shape(ResultDescription description) {
      return ResultShape.PASS;
    }

    @Override
    public CopyShape copy(int columns, boolean binary) {
      return CopyShape.PASS;
    }
  }

  static boolean touched(List<Treated> columns) {
    return columns.stream().anyMatch(column -> !(column instanceof Treated.Untouched));
  }
}

package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.protection.Proof.Treated;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Verdict.Masked;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.Diagnostics;
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
      List<Treated> untouched =
          lineage.outputs().stream().<Treated>map(_ -> new Treated.Untouched()).toList();
      expect(new MaskedResult.Expected(lineage, protection, untouched));
      return Optional.empty();
    }
    if (!protectedThings.isEmpty()) {
      diagnose(Diagnostics.CODE_ONLY);
    }
    return switch (new Judge(lineage, protection, guard.targets()).judge()) {
      case Proof.Fails fails -> Optional.of(fails);
      case Proof.Holds holds -> {
        masked |= holds.masks();
        expect(new MaskedResult.Expected(lineage, protection, holds.columns()));
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

  /** What happens to the results. */
  public ResultPlan plan() {
    if (masked || diagnostics == Diagnostics.CODE_ONLY) {
      return new MaskedResult(catalog, masks, results, diagnostics);
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

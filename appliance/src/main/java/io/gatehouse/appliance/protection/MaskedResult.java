package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.protection.Proof.Treated;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Value;
import io.gatehouse.spi.CopyFormat;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.Diagnostics;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The results of one submission, each with its masks. Owned by the session's event loop. */
final class MaskedResult implements ResultPlan {
  private static final FieldMask WITHHELD = _ -> Value.NULL;

  private final Catalog catalog;
  private final MaskSource masks;
  private final List<Expected> results;
  private final Diagnostics diagnostics;
  private int next;

  /**
   * A result that is to come.
   *
   * @param columns what happens to its columns; none if none of them is protected
   */
  record Expected(Lineage lineage, Protection protection, List<Treated> columns) {}

  MaskedResult(Catalog catalog, MaskSource masks, List<Expected> results, Diagnostics diagnostics) {
    this.catalog = catalog;
    this.masks = masks;
    this.results = List.copyOf(results);
    this.diagnostics = diagnostics;
  }

  @Override
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  @Override
  public ResultShape shape(ResultDescription described) {
    if (next == results.size()) {
      return described.columns().isEmpty()
          ? ResultShape.PASS
          : veto("a result came that was not expected");
    }
    Expected expected = results.get(next);
    boolean unlike =
        expected.lineage().ending() == Lineage.Ending.PLAN
            || expected.lineage().outputs().isEmpty();
    if (described.columns().isEmpty() && !unlike) {
      // Nothing comes of it, as of a MOVE.
      return ResultShape.PASS;
    }
    next++;
    if (unlike) {
      // A plan, or the answer of SHOW or CALL: Shield lets none of them stand beside masks.
      return ResultShape.PASS;
    }
    Optional<String> objection =
        new Witness(catalog, expected.protection())
            .objection(described, expected.lineage().outputs(), expected.columns());
    return objection.map(this::veto).orElseGet(() -> rewrite(described, expected.columns()));
  }

  /** Without a description of types, what is protected can only become NULL. */
  @Override
  public CopyShape copy(int columns, boolean binary) {
    if (next == results.size()) {
      return new CopyShape.Veto(unproved("a COPY came that was not expected"));
    }
    Expected expected = results.get(next++);
    Optional<CopyFormat> format = expected.lineage().copy();
    if (format.isEmpty()
        || columns != expected.lineage().outputs().size()
        || binary != (format.get().kind() == CopyFormat.Kind.BINARY)) {
      return new CopyShape.Veto(unproved("it comes in another form than was expected"));
    }
    return Shield.touched(expected.columns())
        ? new CopyShape.Withhold(
            format.get(),
            expected.columns().stream()
                .map(column -> !(column instanceof Treated.Untouched))
                .toList())
        : CopyShape.PASS;
  }

  private ResultShape rewrite(ResultDescription described, List<Treated> columns) {
    if (!Shield.touched(columns)) {
      return ResultShape.PASS;
    }
    List<@Nullable FieldMask> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i)) {
        case Treated.Untouched _ -> fields.add(null);
        case Treated.Withheld _ -> fields.add(WITHHELD);
        case Treated.ByMask(var masked) -> {
          switch (masks.find(masked.mask(), described.columns().get(i))) {
            case MaskSource.Found.Mask(FieldMask mask) -> fields.add(mask);
            case MaskSource.Found.None(String why) -> {
              return undefined(masked.mask(), i, why);
            }
          }
        }
      }
    }
    return new ResultShape.Rewrite(fields);
  }

  private static ResultShape undefined(String mask, int index, String why) {
    return new ResultShape.Veto(
        Refusal.of(
                Refusal.Kind.POLICY,
                "the mask \"" + mask + "\" is not defined for column " + (index + 1))
            .withDetail(why)
            .withHint("Tell the owner of the policy."));
  }

  private ResultShape veto(String why) {
    return new ResultShape.Veto(unproved(why));
  }

  private static Refusal unproved(String why) {
    return Refusal.of(
            Refusal.Kind.POLICY,
            "the result is withheld: where its columns come from is not proved")
        .withDetail("For the gate, " + why + ".")
        .withHint("Name the columns one by one, each with its table.");
  }
}

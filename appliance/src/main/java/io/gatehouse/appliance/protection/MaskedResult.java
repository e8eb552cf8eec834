package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.protection.Proof.Treated;
import io.gatehouse.appliance.sql.lineage.Copied;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.spi.CopyFormat;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.Diagnostics;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import java.util.List;
import java.util.Optional;

/** The results of one submission, each with its masks. Owned by the session's event loop. */
final class MaskedResult implements ResultPlan {
  private final Catalog catalog;
  private final MaskSource masks;
  private final MaskTally tally;
  private final List<Expected> results;
  private final Diagnostics diagnostics;
  private int next;

  /**
   * A result that is to come.
   *
   * @param columns what happens to its columns
   * @param copy what happens to it if it comes as COPY data, of which the server describes nothing
   *     then
   */
  record Expected(Lineage lineage, Protection protection, List<Treated> columns, CopyShape copy) {

    /** Of a statement that no rule is about. */
    static Expected untouched(Lineage lineage, Protection protection) {
      List<Treated> columns =
          lineage.outputs().stream().<Treated>map(_ -> new Treated.Untouched()).toList();
      return new Expected(lineage, protection, columns, CopyShape.PASS);
    }

    /** Of one of which the server has said nothing yet. */
    static Expected undescribed(Lineage lineage, Protection protection, List<Treated> columns) {
      return new Expected(
          lineage, protection, columns, new CopyShape.Veto(unproved("nothing described it")));
    }

    /** The server has described what is to be copied; without having run it. */
    Expected described(
        Catalog catalog, MaskSource masks, MaskTally tally, ResultDescription description) {
      Optional<String> objection =
          new Witness(catalog, protection).objection(description, lineage.outputs(), columns);
      CopyShape shape =
          objection
              .<CopyShape>map(why -> new CopyShape.Veto(unproved(why)))
              .orElseGet(() -> masked(masks, tally, description));
      return new Expected(lineage, protection, columns, shape);
    }

    private CopyShape masked(MaskSource masks, MaskTally tally, ResultDescription description) {
      Optional<Copied> copied = lineage.copy();
      if (copied.isEmpty() || !Shield.touched(columns)) {
        return CopyShape.PASS;
      }
      return switch (FieldMasks.of(masks, description, columns, tally)) {
        case FieldMasks.Undefined(Refusal refusal) -> new CopyShape.Veto(refusal);
        case FieldMasks.Made(var fields) ->
            new CopyShape.Rewrite(copied.get().format(), description, fields);
      };
    }
  }

  MaskedResult(
      Catalog catalog,
      MaskSource masks,
      MaskTally tally,
      List<Expected> results,
      Diagnostics diagnostics) {
    this.tally = tally;
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

  @Override
  public CopyShape copy(int columns, boolean binary) {
    if (next == results.size()) {
      return new CopyShape.Veto(unproved("a COPY came that was not expected"));
    }
    Expected expected = results.get(next++);
    Optional<Copied> copied = expected.lineage().copy();
    if (copied.isEmpty()
        || columns != expected.lineage().outputs().size()
        || binary != (copied.get().format().kind() == CopyFormat.Kind.BINARY)) {
      return new CopyShape.Veto(unproved("it comes in another form than was expected"));
    }
    return expected.copy();
  }

  private ResultShape rewrite(ResultDescription described, List<Treated> columns) {
    if (!Shield.touched(columns)) {
      return ResultShape.PASS;
    }
    return switch (FieldMasks.of(masks, described, columns, tally)) {
      case FieldMasks.Undefined(Refusal refusal) -> new ResultShape.Veto(refusal);
      case FieldMasks.Made(var fields) -> new ResultShape.Rewrite(fields);
    };
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

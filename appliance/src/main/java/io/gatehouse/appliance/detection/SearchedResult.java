package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.policy.Detectors;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.plugin.Verdict.Sought;
import io.gatehouse.spi.CopyShape;
import io.gatehouse.spi.Diagnostics;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.Refusal;
import io.gatehouse.spi.ResultDescription;
import io.gatehouse.spi.ResultDescription.Column;
import io.gatehouse.spi.ResultPlan;
import io.gatehouse.spi.ResultShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results of one submission, each searched for all that any rule wants of any of its
 * statements; columns that are masked are left to their masks. Owned by the session's event loop.
 */
public final class SearchedResult implements ResultPlan {
  private final ResultPlan masked;
  private final Catalog catalog;
  private final Detectors detectors;
  private final List<Sought> sought;
  private final Tally tally;
  private int results;

  /**
   * @param masked what else happens to the results
   * @param detectors of the policy that decided
   * @param sought at least one
   */
  public SearchedResult(
      ResultPlan masked, Catalog catalog, Detectors detectors, List<Sought> sought, Tally tally) {
    this.masked = masked;
    this.catalog = catalog;
    this.detectors = detectors;
    this.sought = List.copyOf(sought);
    this.tally = tally;
  }

  /** Why a COPY does not run under a rule that searches. */
  public static Refusal copied(String rule) {
    return Refusal.of(
            Refusal.Kind.POLICY,
            "the rule \"" + rule + "\" searches results, which this gate cannot do in COPY yet")
        .withHint("Use a SELECT instead.");
  }

  @Override
  public Diagnostics diagnostics() {
    return masked.diagnostics();
  }

  @Override
  public CopyShape copy(int columns, boolean binary) {
    return new CopyShape.Veto(copied(sought.getFirst().rule()));
  }

  @Override
  public ResultShape shape(ResultDescription described) {
    return switch (masked.shape(described)) {
      case ResultShape.Veto veto -> veto;
      case ResultShape.Pass _ ->
          searched(described, Collections.nCopies(described.columns().size(), null));
      case ResultShape.Rewrite(var masks) -> searched(described, masks);
    };
  }

  private ResultShape searched(ResultDescription described, List<@Nullable FieldMask> masks) {
    if (described.columns().isEmpty()) {
      return ResultShape.PASS;
    }
    Search search = Search.of(detectors, sought);
    results++;
    List<@Nullable FieldMask> fields = new ArrayList<>(masks);
    boolean touched = false;
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i) == null) {
        fields.set(i, field(search, described.columns().get(i), i + 1));
      }
      touched |= fields.get(i) != null;
    }
    return touched ? new ResultShape.Rewrite(fields) : ResultShape.PASS;
  }

  private @Nullable FieldMask field(Search search, Column column, int number) {
    Optional<ValueType> type = Searchable.of(column, catalog);
    return type.isEmpty()
        ? null
        : new FieldSearch(
            search,
            type.get(),
            column.binary(),
            new Tally.Place(results, number, origin(column)),
            tally);
  }

  private Optional<ColumnOrigin> origin(Column column) {
    Relation relation =
        column.originRelation() == 0 ? null : catalog.relation(column.originRelation());
    int index = relation == null ? -1 : relation.anatomy().numbers().indexOf(column.originColumn());
    return relation == null || index < 0
        ? Optional.empty()
        : Optional.of(
            new ColumnOrigin(relation.schema(), relation.name(), relation.columns().get(index)));
  }
}

package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.protection.Proof.Fails;
import io.gatehouse.appliance.protection.Proof.Treated;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Verdict.Strength;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says whether a statement keeps the promise that protected values do not come out. */
final class Judge {
  private static final String LEAVE_OUT =
      "Leave that column out, or ask the owner of the policy for access.";

  private final Lineage lineage;
  private final Protection protection;
  private final Map<ColumnOrigin, Strength> targets;

  /**
   * @param targets what is protected of the columns that are written
   */
  Judge(Lineage lineage, Protection protection, Map<ColumnOrigin, Strength> targets) {
    this.lineage = lineage;
    this.protection = protection;
    this.targets = targets;
  }

  Proof judge() {
    return followed()
        .or(this::stays)
        .or(this::escapes)
        .or(this::written)
        .or(this::depends)
        .<Proof>map(fails -> fails)
        .orElseGet(this::holds);
  }

  private Optional<Fails> followed() {
    return lineage
        .unproved()
        .map(
            construct ->
                new Fails(
                    "it reads protected columns, and the gate cannot follow " + construct,
                    "Write it without that, or leave the protected columns out."))
        .or(
            () ->
                protection
                    .unmaskable()
                    .map(
                        thing ->
                            new Fails(
                                "what it gets of " + thing + " cannot be masked", LEAVE_OUT)));
  }

  private Optional<Fails> stays() {
    return lineage.ending() == Lineage.Ending.KEPT
        ? first(outputs())
            .map(
                column ->
                    new Fails(
                        "it would keep values of the protected column "
                            + named(column)
                            + " where they are not protected",
                        LEAVE_OUT))
        : Optional.empty();
  }

  private Optional<Fails> escapes() {
    return first(lineage.escapes())
        .map(
            column ->
                new Fails(
                    "it hands the protected column "
                        + named(column)
                        + " to a function that may keep it or tell it",
                    LEAVE_OUT));
  }

  private Optional<Fails> written() {
    for (Lineage.Write write : lineage.writes()) {
      Optional<Strength> place = Optional.ofNullable(targets.get(write.target()));
      Optional<ColumnOrigin> value = first(write.flow().columns());
      if (place.filter(strength -> write.existing() || strength == Strength.STRICT).isPresent()) {
        return Optional.of(
            new Fails(
                "it writes the protected column "
                    + named(write.target())
                    + ", of which only masked values are shown to you",
                LEAVE_OUT));
      }
      if (value.isPresent() && place.filter(one -> reaches(one, write.flow())).isEmpty()) {
        return Optional.of(
            new Fails(
                "it writes values of the protected column "
                    + named(value.get())
                    + " to "
                    + named(write.target())
                    + ", which is not protected as far",
                LEAVE_OUT));
      }
    }
    return Optional.empty();
  }

  /** Whether a place is protected at least as far as what goes there. */
  private boolean reaches(Strength place, Flow flow) {
    return place == Strength.STRICT || protection.firstStrict(flow.columns()).isEmpty();
  }

  private Optional<Fails> depends() {
    Optional<Fails> decides =
        protection
            .firstStrict(lineage.decides())
            .map(
                column ->
                    new Fails(
                        "which rows it gives, or their order, depends on the protected column "
                            + named(column),
                        "Select, join, group and sort by other columns."));
    return decides
        .or(
            () ->
                protection
                    .firstStrict(lineage.risky())
                    .map(
                        column ->
                            new Fails(
                                "whether it fails may depend on values of the protected column "
                                    + named(column),
                                "Show the column as it is, or leave it out.")))
        .or(this::planned);
  }

  private Optional<Fails> planned() {
    Set<ColumnOrigin> all = new HashSet<>(outputs());
    all.addAll(lineage.decides());
    return lineage.ending() == Lineage.Ending.PLAN
        ? protection
            .firstStrict(all)
            .map(
                column ->
                    new Fails(
                        "a plan tells of the values of the protected column " + named(column),
                        LEAVE_OUT))
        : Optional.empty();
  }

  private Proof holds() {
    List<Treated> columns = new ArrayList<>();
    if (lineage.ending() == Lineage.Ending.ROWS || lineage.ending() == Lineage.Ending.COPY) {
      lineage.outputs().forEach(output -> columns.add(treated(output.flow())));
    }
    return new Proof.Holds(columns, protection.anyStrict());
  }

  private Treated treated(Flow flow) {
    return switch (flow) {
      case Flow.Identity(ColumnOrigin column) ->
          protection.of(column).<Treated>map(Treated.ByMask::new).orElseGet(Treated.Untouched::new);
      case Flow.Derived(Set<ColumnOrigin> columns) ->
          first(columns).isPresent() ? new Treated.Withheld() : new Treated.Untouched();
    };
  }

  private Set<ColumnOrigin> outputs() {
    Set<ColumnOrigin> all = new HashSet<>();
    lineage.outputs().forEach(output -> all.addAll(output.flow().columns()));
    return all;
  }

  private Optional<ColumnOrigin> first(Set<ColumnOrigin> columns) {
    return protection.firstOf(columns);
  }

  private static String named(ColumnOrigin column) {
    return column.schema() + "." + column.table() + "." + column.column();
  }
}

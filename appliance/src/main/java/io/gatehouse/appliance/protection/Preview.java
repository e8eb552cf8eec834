package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.protection.Proof.Treated;
import io.gatehouse.appliance.sql.lineage.Flow;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.plugin.Verdict.Masked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What would become of a statement's result, in words for the owner of a policy. */
public final class Preview {
  private final Protection protection;
  private final Lineage lineage;
  private final Fitting fitting;

  /** Knows whether masks can be made for columns. */
  @FunctionalInterface
  public interface Fitting {

    /** Why a mask is not defined for a column's type; empty if it is. */
    Optional<String> problem(String mask, ColumnOrigin column);
  }

  private Preview(Protection protection, Lineage lineage, Fitting fitting) {
    this.protection = protection;
    this.lineage = lineage;
    this.fitting = fitting;
  }

  /**
   * A line for each column, or why the statement is refused; none where nothing is protected.
   *
   * @param protectedThings what of the statement is protected
   */
  public static List<String> of(
      Catalog catalog,
      Lineage lineage,
      Guard guard,
      List<Masked> protectedThings,
      Fitting fitting) {
    if (guard.refused().isPresent()) {
      Proof.Fails fails = guard.refused().get();
      return List.of("refused: " + fails.why() + ". " + fails.instead());
    }
    if (protectedThings.isEmpty() && guard.targets().isEmpty()) {
      return List.of();
    }
    Protection protection = new Protection(catalog, protectedThings);
    return switch (new Judge(lineage, protection, guard.targets()).judge()) {
      case Proof.Fails fails -> List.of("refused: " + fails.why() + ". " + fails.instead());
      case Proof.Holds holds ->
          lineage.ending() == Lineage.Ending.NAMED
              ? of(catalog, lineage.behindName(), guard, protectedThings, fitting)
              : new Preview(protection, lineage, fitting).lines(holds.columns());
    };
  }

  private List<String> lines(List<Treated> columns) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Lineage.Output output = lineage.outputs().get(i);
      String label = output.label().isEmpty() ? "" : " " + output.label();
      lines.add("column " + (i + 1) + label + ": " + line(columns.get(i), output.flow()));
    }
    return lines;
  }

  private String line(Treated column, Flow flow) {
    return switch (column) {
      case Treated.Untouched _ -> "as it is";
      case Treated.Withheld _ -> "NULL, computed from " + protectedOf(flow);
      case Treated.ByMask(Masked masked) -> masked(masked, flow);
    };
  }

  private String masked(Masked masked, Flow flow) {
    String from = protectedOf(flow);
    String mask =
        masked.mask()
            + " in place of "
            + from
            + " ("
            + masked.strength().name().toLowerCase(Locale.ROOT)
            + ")";
    return flow.columns().stream()
        .flatMap(column -> fitting.problem(masked.mask(), column).stream())
        .findFirst()
        .map(why -> mask + ", which is not defined for it, so the result is withheld: " + why)
        .orElse(mask);
  }

  private String protectedOf(Flow flow) {
    return flow.columns().stream()
        .filter(column -> protection.of(column).isPresent())
        .map(column -> column.schema() + "." + column.table() + "." + column.column())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}

package io.gatehouse.appliance.protection;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.plugin.Verdict.Strength;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy protects from one caller beside what a statement reads. Immutable.
 *
 * @param quiet whether errors may quote rows that hold what is masked for the caller, so that their
 *     details are held back: of changes, and of what lets deferred checks run
 * @param targets what is protected of the columns that the statement writes
 * @param refused why the statement may not run, whatever it reads
 */
public record Guard(
    boolean quiet, Map<ColumnOrigin, Strength> targets, Optional<Proof.Fails> refused) {

  /** Nothing is masked for the caller. */
  public static final Guard NONE = new Guard(false, Map.of(), Optional.empty());

  public Guard {
    targets = Map.copyOf(targets);
  }

  /** Under another name a column would not be protected. */
  public static Proof.Fails redefines(ColumnOrigin column) {
    return new Proof.Fails(
        "it changes the definition of something that holds the protected column " + named(column),
        "Ask somebody who may see it.");
  }

  /** Sizes and statistics are of all columns. */
  public static Proof.Fails plans(ColumnOrigin column) {
    return new Proof.Fails(
        "a plan tells of the values of the protected column " + named(column),
        "Ask somebody who may see it.");
  }

  /** Row-level policies leave rows out by what is in them. */
  public static Proof.Fails secured(ColumnOrigin column) {
    return new Proof.Fails(
        "a row-level policy shows or hides rows by the protected column " + named(column),
        "Ask somebody who may see it.");
  }

  /** Warnings, plans of others, traces: they quote values of statements before. */
  public static Proof.Fails leftBehind() {
    return new Proof.Fails(
        "it tells what statements before it left behind, which may quote protected columns",
        "Ask somebody who may see them.");
  }

  /** Whether a constraint holds tells of what it is over. */
  public static Proof.Fails constrained(ColumnOrigin column) {
    return new Proof.Fails(
        "whether the change is accepted depends on the protected column "
            + named(column)
            + ", by a constraint",
        "Change other columns, or ask somebody who may see it.");
  }

  private static String named(ColumnOrigin column) {
    return column.schema() + "." + column.table() + "." + column.column();
  }
}

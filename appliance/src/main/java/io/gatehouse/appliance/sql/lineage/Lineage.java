package io.gatehouse.appliance.sql.lineage;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the values go that a statement reads.
 *
 * @param outputs the columns of its result, in order; none if it has no result
 * @param ending what becomes of the result
 * @param decides columns that decide which rows there are, how many, and in which order
 * @param risky columns that go into something that may fail for one value and not for another
 * @param escapes columns that are handed to something that may keep or tell what it gets
 * @param writes what is written where
 * @param planned all columns of what a plan is about: their sizes and statistics shape it
 * @param copy how the client gets it, if it gets it as COPY data
 * @param unproved what could not be followed; empty if all was
 */
public record Lineage(
    List<Output> outputs,
    Ending ending,
    Set<ColumnOrigin> decides,
    Set<ColumnOrigin> risky,
    Set<ColumnOrigin> escapes,
    List<Write> writes,
    Set<ColumnOrigin> planned,
    Optional<Copied> copy,
    Optional<String> unproved) {

  /** It reads nothing, and says nothing but that it is done. */
  public static final Lineage NONE =
      new Lineage(
          List.of(),
          Ending.NO_ROWS,
          Set.of(),
          Set.of(),
          Set.of(),
          List.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty());

  public Lineage {
    outputs = List.copyOf(outputs);
    decides = Set.copyOf(decides);
    risky = Set.copyOf(risky);
    escapes = Set.copyOf(escapes);
    writes = List.copyOf(writes);
    planned = Set.copyOf(planned);
  }

  /** What becomes of a result. */
  public enum Ending {
    /** There is none. */
    NO_ROWS,
    /** The client gets rows. */
    ROWS,
    /** The client gets them as COPY data. */
    COPY,
    /** The client gets the plan, not the rows. */
    PLAN,
    /** It stays at the server: in a table, a view, a file. */
    KEPT,
    /** It is what a name stands for: the client gets it when it uses that name. */
    NAMED,
    /** It is that of what a name stands for. */
    BEHIND_NAME
  }

  /**
   * One column of a result.
   *
   * @param label what the server will call it; empty if that is not certain
   * @param visible the column that the server will name as its origin, if it names any
   */
  public record Output(String label, Flow flow, @Nullable ColumnOrigin visible) {}

  /** A value that is stored. */
  public record Write(ColumnOrigin target, Flow flow, boolean existing) {}

  /** The same when it is run by its name. */
  public Lineage behindName() {
    return ending == Ending.NAMED ? ending(Ending.ROWS) : this;
  }

  /** The same with another end. */
  public Lineage ending(Ending other) {
    return new Lineage(outputs, other, decides, risky, escapes, writes, planned, copy, unproved);
  }

  Lineage copied(Copied how) {
    return new Lineage(
        outputs, Ending.COPY, decides, risky, escapes, writes, planned, Optional.of(how), unproved);
  }

  /** Every column that it says something of. */
  public Set<ColumnOrigin> columns() {
    Set<ColumnOrigin> all = new LinkedHashSet<>(decides);
    all.addAll(risky);
    all.addAll(escapes);
    outputs.forEach(output -> all.addAll(output.flow().columns()));
    writes.forEach(write -> all.addAll(write.flow().columns()));
    return all;
  }

  /** It could not be followed. */
  public static Lineage unproved(String construct) {
    return new Lineage(
        List.of(),
        Ending.NO_ROWS,
        Set.of(),
        Set.of(),
        Set.of(),
        List.of(),
        Set.of(),
        Optional.empty(),
        Optional.of(construct));
  }
}

package io.gatehouse.appliance.protection;

import io.gatehouse.plugin.Value;
import io.gatehouse.spi.FieldMask;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what is masked in the results of one command: the values that were replaced. Owned by the
 * session's event loop.
 */
public final class MaskTally {
  private final List<Counted> columns = new ArrayList<>();

  /**
   * How much of one column of a result was masked.
   *
   * @param column from 1
   * @param label the column's, which the caller may have chosen
   * @param mask what it was masked with, and the id of its key if it has one
   */
  public record Count(int column, String label, String mask, long count) {}

  /** The same mask, counted from now on. */
  public FieldMask counted(int column, String label, String name, FieldMask mask) {
    Counted counted = new Counted(column, label, name, mask);
    columns.add(counted);
    return counted;
  }

  /** In the order of results and columns. */
  public List<Count> counts() {
    return columns.stream()
        .filter(column -> column.count > 0)
        .map(column -> new Count(column.number, column.label, column.name, column.count))
        .toList();
  }

  private static final class Counted implements FieldMask {
    private final int number;
    private final String label;
    private final String name;
    private final FieldMask mask;
    private long count;

    Counted(int number, String label, String name, FieldMask mask) {
      this.number = number;
      this.label = label;
      this.name = name;
      this.mask = mask;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very value stays as it was, to the byte
    public Value mask(Value original) {
      Value masked = mask.mask(original);
      if (masked != original) {
        count++;
      }
      return masked;
    }
  }
}

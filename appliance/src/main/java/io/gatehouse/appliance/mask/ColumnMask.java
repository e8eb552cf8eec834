package io.gatehouse.appliance.mask;

import io.gatehouse.appliance.mask.type.Fit;
import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.Mask;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.spi.FieldMask;
import org.jspecify.annotations.Nullable;

/**
 * A mask made for one column's type. Whatever the mask does, what comes out can be carried by the
 * column, and a value that the mask was not asked about is masked wholly. Thread-safe.
 */
public final class ColumnMask implements FieldMask {

  /** What a masked column still tells of its values. */
  public enum Reveals {
    /** Nothing: every row has the same. */
    NOTHING,
    /** Where there is a value and where NULL. */
    NULLNESS,
    /** Something of the value itself. */
    VALUE
  }

  private final Mask mask;
  private final ValueType type;
  private final String label;
  private final boolean keepsNull;
  private final Value whole;
  private final @Nullable Value same;

  private ColumnMask(Mask mask, ValueType type) {
    this.mask = mask;
    this.type = type;
    this.label = mask.label();
    this.keepsNull = mask.keepsNull();
    this.whole = WholeValue.of(type);
    this.same = mask.valueIndependent() ? fitting(mask.mask(Value.NULL)) : null;
  }

  static ColumnMask of(Mask mask, ValueType type) {
    return new ColumnMask(mask, type);
  }

  /** The mask's name and what may be known of its parameters, with the id of its key. */
  public String label() {
    return label;
  }

  public Reveals reveals() {
    if (same == null) {
      return Reveals.VALUE;
    }
    return keepsNull && !same.equals(Value.NULL) ? Reveals.NULLNESS : Reveals.NOTHING;
  }

  @Override
  public Value mask(Value original) {
    if (original instanceof Value.Null) {
      return keepsNull ? Value.NULL : same != null ? same : whole;
    }
    if (same != null) {
      return same;
    }
    return switch (original) {
      case Value.Special _, Value.Opaque _ -> whole;
      default -> fitting(mask.mask(original));
    };
  }

  private Value fitting(Value masked) {
    return Fit.of(masked, type).orElse(whole);
  }

  @Override
  public String toString() {
    return label + " for " + type;
  }
}

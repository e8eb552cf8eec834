package io.gatehouse.appliance.mask;

import io.gatehouse.appliance.mask.key.MaskKeys;
import io.gatehouse.appliance.mask.kind.BuiltinKinds;
import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.Mask;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All kinds of masks that a policy can name. Thread-safe. */
public final class MaskCatalog {
  /** One of each family, and a decimal that numbers without fractions fit. */
  private static final List<ValueType> EXAMPLES =
      Stream.concat(
              Stream.of(TypeFamily.values()).map(ValueType::of),
              Stream.of(ValueType.decimal(18, 0)))
          .toList();

  private final Map<String, MaskKind> kinds = new TreeMap<>();

  /** A mask, or what is wrong; said when a policy is loaded. */
  public sealed interface Found {

    record Defined(ColumnMask mask) implements Found {}

    record Problem(String text) implements Found {}
  }

  /**
   * @param more kinds from elsewhere; none may have the name of another
   */
  public MaskCatalog(MaskKeys keys, List<MaskKind> more) {
    BuiltinKinds.with(keys).forEach(this::add);
    more.forEach(this::add);
  }

  private void add(MaskKind kind) {
    if (kinds.putIfAbsent(kind.name(), kind) != null) {
      throw new IllegalArgumentException("there are two kinds of masks named " + kind.name());
    }
  }

  /**
   * What is wrong with a definition whatever the type: there is none for which it can be made.
   * Empty if there is one.
   */
  public Optional<String> problem(String name, Map<String, String> parameters) {
    List<String> problems = new ArrayList<>();
    for (ValueType type : EXAMPLES) {
      switch (of(name, parameters, type)) {
        case Found.Defined _ -> {
          return Optional.empty();
        }
        case Found.Problem(String text) -> problems.add(text);
      }
    }
    // Where the type is wrong too, that is said as well: the shortest is about the rest alone.
    return problems.stream().min(Comparator.comparingInt(String::length));
  }

  /** The mask of that name for a column of that type. */
  public Found of(String name, Map<String, String> parameters, ValueType type) {
    MaskKind kind = kinds.get(name);
    if (kind == null) {
      return new Found.Problem("there is no mask of that name; there are " + kinds.keySet());
    }
    try {
      return switch (kind.make(Map.copyOf(parameters), type)) {
        case MaskKind.Made.Ready ready -> new Found.Defined(ColumnMask.of(ready.mask(), type));
        case MaskKind.Made.Undefined undefined -> new Found.Problem(undefined.problem());
      };
    } catch (RuntimeException | LinkageError e) {
      // its message may quote a parameter
      return new Found.Problem("the mask " + name + " failed with " + e.getClass().getName());
    }
  }

  /**
   * Masks values of a type wholly, whatever policies say: the type's fixed value, or NULL where it
   * has none. For a column that a protected value reached by another way than unchanged.
   */
  public static ColumnMask whole(ValueType type) {
    return ColumnMask.of(new Whole(WholeValue.of(type)), type);
  }

  private record Whole(Value value) implements Mask {
    @Override
    public String label() {
      return "whole";
    }

    @Override
    public boolean keepsNull() {
      return false;
    }

    @Override
    public boolean valueIndependent() {
      return true;
    }

    @Override
    public Value mask(Value original) {
      return value;
    }
  }
}

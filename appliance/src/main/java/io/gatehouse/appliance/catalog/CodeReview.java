package io.gatehouse.appliance.catalog;

import io.gatehouse.appliance.catalog.Sections.Row;
import io.gatehouse.appliance.catalog.builtin.Builtins;
import io.gatehouse.appliance.catalog.builtin.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs when an object is used: which built-in effects, and whether code that nobody reviewed.
 * Whatever is not known is code. One thread, while a catalog is put together.
 */
final class CodeReview {
  private static final Set<Effect> PLAIN =
      EnumSet.of(Effect.PURE, Effect.VOLATILE_HARMLESS, Effect.SYSTEM_DATA);

  /** What CREATE TYPE ... AS RANGE makes functions of; what they call is the subtype's affair. */
  private static final Set<String> CONSTRUCTORS =
      Set.of(
          "range_constructor2",
          "range_constructor3",
          "multirange_constructor0",
          "multirange_constructor1",
          "multirange_constructor2");

  private final Set<Long> constructors = new HashSet<>();
  private final Map<ObjectId, String> extensions = new HashMap<>();
  private final Map<Long, QualifiedName> routines = new HashMap<>();
  private final Map<Long, Long> operators = new HashMap<>();
  private final Map<ObjectId, List<ObjectId>> uses = new HashMap<>();
  private final Map<ObjectId, List<Long>> functions = new HashMap<>();

  CodeReview(Sections sections) {
    for (Row row : sections.of("member")) {
      extensions.put(new ObjectId(row.oid(0), row.oid(1)), row.text(2));
    }
    for (Row row : sections.of("builtin")) {
      routines.put(row.oid(0), new QualifiedName(row.text(1), row.text(2)));
    }
    for (Row row : sections.of("routine")) {
      @Nullable String source = row.nullable(7);
      if (source != null && CONSTRUCTORS.contains(source)) {
        constructors.add(row.oid(0));
      }
      if (!row.yes(8)) {
        // Whoever owns an extension can make a function of his own a member of it.
        extensions.remove(new ObjectId(ObjectId.ROUTINE, row.oid(0)));
      }
      routines.put(row.oid(0), new QualifiedName(row.text(1), row.text(2)));
    }
    for (Row row : sections.of("operator")) {
      operators.put(row.oid(0), row.oid(3));
    }
    for (Row row : sections.of("depend")) {
      uses.computeIfAbsent(new ObjectId(row.oid(0), row.oid(1)), _ -> new ArrayList<>())
          .add(new ObjectId(row.oid(2), row.oid(3)));
    }
    for (Row row : sections.of("tree")) {
      functions
          .computeIfAbsent(new ObjectId(row.oid(0), row.oid(1)), _ -> new ArrayList<>())
          .addAll(row.oids(3));
    }
  }

  /** The extension an object belongs to, or empty. */
  String extension(ObjectId object) {
    return extensions.getOrDefault(object, "");
  }

  private boolean reviewed(ObjectId object) {
    return object.builtin() || Builtins.reviewedExtension(extension(object));
  }

  /** Null: nobody reviewed it. */
  @Nullable Set<Effect> effects(long routine) {
    if (constructors.contains(routine)) {
      return Set.of(Effect.PURE);
    }
    ObjectId object = new ObjectId(ObjectId.ROUTINE, routine);
    @Nullable QualifiedName name = routines.get(routine);
    if (name == null) {
      return null;
    }
    return object.builtin()
        ? Builtins.of(name.schema(), name.name())
        : Builtins.extension(extension(object), name.name());
  }

  /** Of the built-in and reviewed functions in an object's own expressions. */
  Set<Effect> effectsIn(ObjectId object) {
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    for (long function : functions.getOrDefault(object, List.of())) {
      @Nullable Set<Effect> known = effects(function);
      if (known != null) {
        effects.addAll(known);
      }
    }
    return effects;
  }

  /** Whether an object's own expressions do more than compute and look things up. */
  boolean code(ObjectId object) {
    return code(object, PLAIN);
  }

  /** As {@link #code(ObjectId)}, where drawing from a sequence is part of the trade. */
  boolean codeBesideSequences(ObjectId object) {
    Set<Effect> allowed = EnumSet.copyOf(PLAIN);
    allowed.add(Effect.SEQUENCE_WRITE);
    return code(object, allowed);
  }

  private boolean code(ObjectId object, Set<Effect> allowed) {
    for (long function : functions.getOrDefault(object, List.of())) {
      if (!runsOnly(function, allowed)) {
        return true;
      }
    }
    for (ObjectId used : uses.getOrDefault(object, List.of())) {
      if (usedCode(used, allowed)) {
        return true;
      }
    }
    return false;
  }

  private boolean usedCode(ObjectId used, Set<Effect> allowed) {
    if (used.catalog() == ObjectId.ROUTINE) {
      return !runsOnly(used.oid(), allowed);
    }
    if (used.catalog() == ObjectId.OPERATOR) {
      return operatorCode(used);
    }
    // Relations are followed by whoever asks, types by TypeReview.
    return used.catalog() != ObjectId.RELATION
        && used.catalog() != ObjectId.TYPE
        && !reviewed(used);
  }

  /** By its function, not by its extension: see the constructor. */
  private boolean operatorCode(ObjectId operator) {
    @Nullable Long function = operators.get(operator.oid());
    return function == null || routineCode(function);
  }

  /** Whether a function does more than compute and look things up. */
  boolean routineCode(long routine) {
    return !runsOnly(routine, PLAIN);
  }

  private boolean runsOnly(long routine, Set<Effect> allowed) {
    @Nullable Set<Effect> effects = effects(routine);
    return effects != null && allowed.containsAll(effects);
  }

  /** Whether an operator is not one of a reviewed extension that only computes. */
  boolean userOperator(ObjectId operator) {
    return !reviewed(operator) || operatorCode(operator);
  }

  /** Whether an access method, a foreign-data wrapper or the like is nobody's reviewed code. */
  boolean unreviewed(ObjectId object) {
    return !reviewed(object);
  }

  List<ObjectId> uses(ObjectId object) {
    return uses.getOrDefault(object, List.of());
  }
}

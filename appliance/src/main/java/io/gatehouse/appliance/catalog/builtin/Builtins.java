package io.gatehouse.appliance.catalog.builtin;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What functions and relations can do that come with PostgreSQL 14 to 18, by name. Immutable; the
 * lists are resources of this package, reviewed line by line. Names are given as the catalog spells
 * them. Nothing is ever added for a name that is missing: null is unknown.
 */
public final class Builtins {
  private static final Map<String, Set<Effect>> FUNCTIONS = ReviewedList.functions("functions.txt");
  private static final Map<String, Map<String, Set<Effect>>> EXTENSIONS =
      ReviewedList.extensions("extensions.txt");
  private static final Map<String, SystemRelation> RELATIONS =
      ReviewedList.relations("relations.txt");

  private Builtins() {}

  /**
   * The effects of all overloads of a function, procedure, aggregate or window function of
   * pg_catalog together; null if no supported version has that name.
   */
  public static @Nullable Set<Effect> of(String name) {
    return FUNCTIONS.get(name);
  }

  /** As {@link #of(String)}, for the functions of information_schema too. */
  public static @Nullable Set<Effect> of(String schema, String name) {
    return switch (schema) {
      case "pg_catalog" -> FUNCTIONS.get(name);
      case "information_schema" -> FUNCTIONS.get(schema + "." + name);
      default -> null;
    };
  }

  /** What a relation of pg_catalog or information_schema gives; null if it is not known. */
  public static @Nullable SystemRelation relation(String schema, String name) {
    return RELATIONS.get(schema + "." + name);
  }

  /** As {@link #relation(String, String)} for a name that is looked for in both schemas. */
  public static @Nullable SystemRelation relation(String name) {
    @Nullable SystemRelation found = relation("pg_catalog", name);
    return found != null ? found : relation("information_schema", name);
  }

  /**
   * The effects of all overloads of an extension's function; null if the extension or the function
   * was not reviewed.
   */
  public static @Nullable Set<Effect> extension(String extension, String function) {
    @Nullable Map<String, Set<Effect>> functions = EXTENSIONS.get(extension);
    return functions == null ? null : functions.get(function);
  }

  /** Whether an extension was reviewed: its types, operators and casts are then no user code. */
  public static boolean reviewedExtension(String extension) {
    return EXTENSIONS.containsKey(extension);
  }

  /** Every name of {@link #of}. */
  public static Set<String> names() {
    return FUNCTIONS.keySet();
  }
}

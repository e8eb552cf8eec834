package io.gatehouse.appliance.catalog.builtin;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the relations give that come with MySQL 8.0 to 9 and MariaDB 10.11 to 11.8, by name. One
 * list for both: what only one of them has is nothing at the other. Immutable.
 */
public final class MysqlRelations {
  private static final Map<String, SystemRelation> RELATIONS =
      ReviewedList.relations("relations-mysql.txt");

  private MysqlRelations() {}

  /**
   * Null if it was not reviewed. Some of these names have capital letters, or have them on some
   * servers: all of them ignore case here.
   */
  public static @Nullable SystemRelation of(String schema, String name) {
    return RELATIONS.get((schema + "." + name).toLowerCase(Locale.ROOT));
  }

  /** Every name of {@link #of}, with its schema. */
  public static Set<String> names() {
    return RELATIONS.keySet();
  }
}

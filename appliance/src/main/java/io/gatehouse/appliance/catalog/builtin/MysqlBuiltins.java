package io.gatehouse.appliance.catalog.builtin;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What functions can do that come with MySQL 8.0 to 9 and MariaDB 10.11 to 11.8, by name. One list
 * for both: a name that only one of them has is an error at the other. Nobody can put a function of
 * his own in the place of one of these, unless it is called with its schema. Immutable.
 */
public final class MysqlBuiltins {
  private static final Map<String, Set<Effect>> FUNCTIONS =
      ReviewedList.functions("functions-mysql.txt");

  private MysqlBuiltins() {}

  /**
   * Null if neither has that name.
   *
   * @param name in small letters
   */
  public static @Nullable Set<Effect> of(String name) {
    return FUNCTIONS.get(name);
  }

  /** Every name of {@link #of}. */
  public static Set<String> names() {
    return FUNCTIONS.keySet();
  }
}

package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import io.gatehouse.appliance.sql.lineage.UnprovedException;
import io.gatehouse.appliance.sql.tree.Name;

/** When two names are one for the server. */
final class Spelling {
  private static final int LONGEST = 64;

  private Spelling() {}

  static boolean ascii(String name) {
    return name.chars().allMatch(c -> c < 128);
  }

  /** Whether two names of columns are certainly the same. */
  static boolean same(String one, String other) {
    return !one.isEmpty() && MysqlNames.folded(one).equals(MysqlNames.folded(other));
  }

  /**
   * Whether the server may find a column by this name although they are not certainly the same: it
   * folds more letters than those of ASCII, and a name that nobody wrote is its own affair.
   */
  static boolean maybe(String column, String written) {
    boolean folded = !ascii(column) || !ascii(written);
    return column.isEmpty() || (folded && !unlike(column, written) && !unlike(written, column));
  }

  /** Whether the server may call it by another name as well. */
  static boolean uncertain(String column) {
    return column.isEmpty() || !ascii(column);
  }

  /** An ideograph is no other letter, whatever is folded. */
  private static boolean unlike(String one, String other) {
    return one.codePoints()
        .filter(Character::isIdeographic)
        .anyMatch(ideograph -> other.indexOf(ideograph) < 0);
  }

  /** A label that the server takes as it is written; else empty. */
  static String label(String written) {
    boolean plain =
        !written.isEmpty()
            && written.length() <= LONGEST
            && written.charAt(0) > ' '
            && written.charAt(written.length() - 1) > ' '
            && written.chars().noneMatch(c -> c < ' ' || c == 127);
    return plain ? written : "";
  }

  /** The name of a table or its alias, as the server compares it. */
  static String table(Name name, MysqlNames names) {
    if (names.settings().namesIgnoreCase() && !ascii(name.text())) {
      throw UnprovedException.of("the name of a table beyond ASCII where case is ignored");
    }
    return names.stored(name.text());
  }
}

package io.gatehouse.appliance.catalog.mysql;

import io.gatehouse.appliance.sql.analysis.mysql.MysqlNames;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Columns in the text of an expression, whichever way the server has quoted and escaped it: too
 * many rather than too few.
 */
final class Mentioned {
  private static final char QUOTE = '`';

  private Mentioned() {}

  /** Those of the columns whose names stand in the text. */
  static Set<String> in(String expression, Collection<String> columns) {
    Set<String> words = words(expression);
    Set<String> mentioned = new LinkedHashSet<>();
    for (String column : columns) {
      if (column.indexOf(QUOTE) >= 0 || words.contains(MysqlNames.folded(column))) {
        mentioned.add(column);
      }
    }
    return mentioned;
  }

  private static Set<String> words(String expression) {
    Set<String> words = new HashSet<>();
    int word = 0;
    int quoted = 0;
    for (int i = 0; i <= expression.length(); i++) {
      char c = i < expression.length() ? expression.charAt(i) : ' ';
      if (c == QUOTE) {
        // A quote may be inside a literal, so what lies between any two of them counts.
        words.add(MysqlNames.folded(expression.substring(quoted, i)));
        quoted = i + 1;
      }
      if (!belongs(c)) {
        words.add(MysqlNames.folded(expression.substring(word, i)));
        word = i + 1;
      }
    }
    return words;
  }

  private static boolean belongs(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= '\u0080';
  }
}

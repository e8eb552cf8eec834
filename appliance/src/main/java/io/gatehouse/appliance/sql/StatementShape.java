package io.gatehouse.appliance.sql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The words of a statement put together so that constants make no difference. */
public final class StatementShape {
  /** What stands for a constant. */
  public static final String CONSTANT = "?";

  private StatementShape() {}

  /** Words joined with one space; lists of nothing but constants become one mark. */
  public static String of(Stream<String> statement) {
    List<String> words = new ArrayList<>();
    for (Iterator<String> each = statement.iterator(); each.hasNext(); ) {
      words.add(each.next());
      shorten(words);
    }
    return String.join(" ", words);
  }

  /** {@code ? , ?} is {@code ?}, and {@code ( ? ) , ( ? )} is {@code ( ? )}. */
  private static void shorten(List<String> words) {
    if (endsWith(words, CONSTANT, ",", CONSTANT)) {
      removeLast(words, 2);
    } else if (endsWith(words, "(", CONSTANT, ")", ",", "(", CONSTANT, ")")) {
      removeLast(words, 4);
    }
  }

  private static boolean endsWith(List<String> words, String... end) {
    int offset = words.size() - end.length;
    for (int i = 0; i < end.length; i++) {
      if (offset < 0 || !words.get(offset + i).equals(end[i])) {
        return false;
      }
    }
    return true;
  }

  private static void removeLast(List<String> words, int count) {
    words.subList(words.size() - count, words.size()).clear();
  }
}

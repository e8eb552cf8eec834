package io.gatehouse.appliance.masking;

import io.gatehouse.appliance.masking.AnalystQuery.Touch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code analyst.sql}; what its lines mean stands at its head. */
public final class AnalystQueries {
  private static final Pattern HEAD = Pattern.compile("-- (\\S+) \\[([a-z, ]+)] (.+)");
  private static final String BINDS = "-- binds ";
  private static final String EXPLAINED = "protected";

  private AnalystQueries() {}

  /** In the order of the file. */
  public static List<AnalystQuery> all() {
    return of(BankData.text("analyst.sql"));
  }

  /** Of another file of the same form. */
  public static List<AnalystQuery> of(String text) {
    return Arrays.stream(text.split("\n\n"))
        .map(block -> List.of(block.strip().split("\n", -1)))
        .filter(AnalystQueries::headed)
        .map(AnalystQueries::query)
        .toList();
  }

  private static boolean headed(List<String> block) {
    Matcher head = HEAD.matcher(block.getFirst());
    return head.matches() && !head.group(2).equals(EXPLAINED);
  }

  private static AnalystQuery query(List<String> block) {
    Matcher head = HEAD.matcher(block.getFirst());
    if (!head.matches()) {
      throw new IllegalArgumentException(block.getFirst());
    }
    boolean bound = block.get(1).startsWith(BINDS);
    return new AnalystQuery(
        head.group(1),
        head.group(3),
        touches(head.group(2)),
        bound ? Optional.of(binds(block.get(1).substring(BINDS.length()))) : Optional.empty(),
        statements(block.subList(bound ? 2 : 1, block.size())));
  }

  private static Set<Touch> touches(String words) {
    return Arrays.stream(words.split(", ", -1))
        .filter(word -> !word.equals("none"))
        .map(word -> Touch.valueOf(word.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  private static List<Optional<String>> binds(String texts) {
    return Arrays.stream(texts.split("\\|", -1))
        .map(text -> Optional.of(text.strip()).filter(value -> !value.isEmpty()))
        .toList();
  }

  private static List<String> statements(List<String> lines) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : lines) {
      statement.append(statement.isEmpty() ? "" : "\n").append(line);
      if (line.endsWith(";")) {
        statements.add(statement.substring(0, statement.length() - 1));
        statement.setLength(0);
      }
    }
    if (!statement.isEmpty()) {
      throw new IllegalArgumentException("no semicolon ends " + statement);
    }
    return statements;
  }
}

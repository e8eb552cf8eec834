package io.gatehouse.appliance.sql.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Changes statements where lexers and parsers disagree: quotes, comments, dollar tags, operators,
 * numbers, white space, boundaries. The same seed and text give the same mutation for ever, because
 * what the grammar said of it is recorded by name.
 */
final class StatementMutator {
  /** Words, literals and single characters, roughly: a mutation need not be well cut. */
  private static final Pattern PIECES =
      Pattern.compile("'[^']*'|\"[^\"]*\"|\\w+|\\s+|.", Pattern.DOTALL);

  private static final String[] SEPARATORS = {
    " ",
    "\n",
    "\t",
    "\r",
    "\f",
    "\u000b",
    "/**/",
    "/* ; */",
    "/* /* */ */",
    "/* ' */",
    "--\n",
    "-- ;\n",
    "--'\n",
    "--\r",
    "\r\n",
    "\u00a0",
    "/*--*/",
    "-- /*\n",
    "/*\n*/",
    ""
  };

  private static final String[] INSERTS = {
    "'",
    "\"",
    ";",
    "\\",
    "$$",
    "$a$",
    "$1",
    "$",
    "/*",
    "*/",
    "--",
    "''",
    "\"\"",
    "E'",
    "e'\\'",
    "U&'",
    "u&\"",
    "N'",
    "B'",
    "X'",
    "x'1",
    "::",
    ":=",
    "=>",
    "..",
    "!=",
    "<>",
    "->>",
    "@>",
    "||",
    "-",
    "+-",
    "*-",
    "|/",
    "/",
    "^",
    "?",
    "0x",
    "0x1F",
    "0b1",
    "0o7",
    "1_0",
    "1_",
    "1e",
    "1e5",
    "1.",
    ".1",
    "1..2",
    "1a",
    "$1a",
    "\u00e9",
    "\u4e2d",
    "\ufeff",
    "\u200b",
    "\ud83d\ude00",
    "\u0001",
    "(",
    ")",
    "((",
    "[",
    "]",
    ",",
    ".",
    " UESCAPE '!'",
    " ; SELECT 1 ; ",
    " -- '\n",
    "$q$ ; $q$",
    "'\n'",
    "' '",
    "\\'",
    "'\\''",
    " OPERATOR(pg_catalog.+) ",
    " AS \"a;b\" ",
    " COLLATE \"C\" "
  };

  private static final String[][] WRAPS = {
    {"EXPLAIN ", ""},
    {"EXPLAIN (ANALYZE, VERBOSE) ", ""},
    {"EXPLAIN ANALYZE ", ""},
    {"PREPARE p AS ", ""},
    {"DECLARE c CURSOR FOR ", ""},
    {"COPY (", ") TO STDOUT"},
    {"WITH w AS (", ") SELECT * FROM w"},
    {"SELECT * FROM (", ") s"},
    {"SELECT (", ")"},
    {"SELECT EXISTS (", ")"},
    {"CREATE TEMP TABLE m AS ", ""},
    {"CREATE VIEW v AS ", ""},
    {"INSERT INTO t ", ""},
    {"((", "))"},
    {"DO $m$", "$m$"},
    {"SELECT $m$", "$m$"},
    {"SELECT E'", "'"},
    {"/* ", " */"},
    {"BEGIN; ", "; COMMIT"},
    {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC ", "; END"},
    {"", ";"},
    {";", ""},
    {"", " UNION ALL SELECT 1"},
    {"", "; DELETE FROM t"},
    {"", " -- x"},
    {"", " /*"},
    {"", " FOR UPDATE"}
  };

  private final Random random;

  StatementMutator(long seed) {
    random = new Random(seed);
  }

  /** One to three changes of the text; {@code other} is there to be spliced in. */
  String mutate(String text, String other) {
    String mutated = text;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      mutated = change(mutated, other);
    }
    return mutated;
  }

  private String change(String text, String other) {
    List<String> pieces = pieces(text);
    if (pieces.isEmpty()) {
      return any(INSERTS);
    }
    int at = random.nextInt(pieces.size());
    switch (random.nextInt(12)) {
      case 0 -> pieces.remove(at);
      case 1 -> pieces.add(at, pieces.get(at));
      case 2, 3 -> pieces.add(at, any(INSERTS));
      case 4 -> pieces.set(at, any(INSERTS));
      case 5 -> separate(pieces, at);
      case 6 -> pieces.set(at, recase(pieces.get(at)));
      case 7 -> pieces.set(at, requote(pieces.get(at)));
      case 8 -> pieces.addAll(at, pieces(other).subList(0, pieces(other).size() / 2));
      case 9 -> pieces.subList(at, pieces.size()).clear();
      case 10 -> pieces.set(at, pieces.set(random.nextInt(pieces.size()), pieces.get(at)));
      default -> wrap(pieces);
    }
    return String.join("", pieces);
  }

  private static List<String> pieces(String text) {
    return new ArrayList<>(PIECES.matcher(text).results().map(MatchResult::group).toList());
  }

  private void separate(List<String> pieces, int at) {
    if (pieces.get(at).isBlank()) {
      pieces.set(at, any(SEPARATORS));
    } else {
      pieces.add(at, any(SEPARATORS));
    }
  }

  private static String recase(String piece) {
    StringBuilder recased = new StringBuilder(piece);
    for (int i = 0; i < recased.length(); i += 2) {
      char c = recased.charAt(i);
      recased.setCharAt(
          i, Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    return recased.toString();
  }

  private String requote(String piece) {
    String inner =
        piece.length() > 1 && "'\"".indexOf(piece.charAt(0)) >= 0
            ? piece.substring(1, piece.length() - 1)
            : piece;
    return switch (random.nextInt(8)) {
      case 0 -> "'" + inner + "'";
      case 1 -> "\"" + inner + "\"";
      case 2 -> "E'" + inner + "'";
      case 3 -> "$$" + inner + "$$";
      case 4 -> "$t1$" + inner + "$t1$";
      case 5 -> "U&\"" + inner + "\"";
      case 6 -> "U&'" + inner + "'";
      default -> "\"" + inner + "\"\"";
    };
  }

  private void wrap(List<String> pieces) {
    String[] around = WRAPS[random.nextInt(WRAPS.length)];
    pieces.addFirst(around[0]);
    pieces.addLast(around[1]);
  }

  private String any(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}

package io.gatehouse.appliance.sql.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random statements over three tables that share names of columns, for asking a server which
 * columns they need. Not every one of them is right.
 */
final class MysqlTexts {
  static final String SCHEMA =
      """
      CREATE TABLE a (id INT PRIMARY KEY, x INT, y INT, s VARCHAR(20), only_a INT);
      CREATE TABLE b (id INT PRIMARY KEY, x INT, z INT, s VARCHAR(20), only_b INT);
      CREATE TABLE c (id INT PRIMARY KEY, y INT, z INT, s VARCHAR(20), only_c INT)
      """;

  private static final List<String> TABLES = List.of("a", "b", "c");

  private final Random random;
  private int names;

  MysqlTexts(long seed) {
    random = new Random(seed);
  }

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private static String[] columns(String table) {
    return switch (table) {
      case "a" -> new String[] {"id", "x", "y", "s", "ID"};
      case "b" -> new String[] {"id", "x", "z", "s", "`Z`"};
      default -> new String[] {"id", "y", "z", "s", "Y"};
    };
  }

  /** What rows come from, and what is seen of it. */
  private record Range(String text, List<String> references, List<String> aliases) {}

  String next() {
    names = 0;
    return switch (random.nextInt(10)) {
      case 0 -> update();
      case 1 -> delete();
      case 2 -> insert();
      default -> query(2);
    };
  }

  private Range table() {
    String table = TABLES.get(random.nextInt(TABLES.size()));
    String alias = "t" + names++;
    String written = alias;
    String text = (chance(30) ? "`rights`." : "") + table + (chance(50) ? " AS " : " ") + alias;
    List<String> references = new ArrayList<>();
    for (String column : columns(table)) {
      references.add(written + "." + column);
    }
    return new Range(text, references, List.of(alias));
  }

  private Range derived(int depth) {
    String alias = "d" + names++;
    String query = "SELECT " + items(depth - 1, "k0", "k1") + " ";
    return new Range(
        "(" + query + ") " + alias, List.of(alias + ".k0", alias + ".K1"), List.of(alias));
  }

  /** Two outputs by these labels, with the rest of a select behind them. */
  private String items(int depth, String first, String second) {
    Range range = range(depth);
    return value(range, depth)
        + " "
        + first
        + ", "
        + value(range, depth)
        + " AS "
        + second
        + rest(range, depth);
  }

  private Range range(int depth) {
    Range left = depth > 0 && chance(25) ? derived(depth) : table();
    if (chance(45)) {
      return left;
    }
    Range right = depth > 0 && chance(25) ? derived(depth) : table();
    List<String> references = new ArrayList<>(left.references());
    references.addAll(right.references());
    List<String> aliases = new ArrayList<>(left.aliases());
    aliases.addAll(right.aliases());
    String join = one(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ");
    boolean tables = !left.text().startsWith("(") && !right.text().startsWith("(");
    String how =
        switch (random.nextInt(tables ? 4 : 2)) {
          case 0 -> ", " + right.text();
          case 1 ->
              join
                  + right.text()
                  + " ON "
                  + pick(left.references())
                  + " = "
                  + pick(right.references());
          case 2 -> join + right.text() + " USING (" + one("id", "s", "id, s") + ")";
          default -> " NATURAL JOIN " + right.text();
        };
    return new Range(left.text() + how, references, aliases);
  }

  private String pick(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String reference(Range range) {
    String reference = pick(range.references());
    return chance(25) ? reference.substring(reference.indexOf('.') + 1) : reference;
  }

  private String value(Range range, int depth) {
    String column = reference(range);
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> "1";
      case 1 -> "CONCAT(" + column + ", " + reference(range) + ")";
      case 2 -> "IF(" + column + " IS NULL, 0, " + reference(range) + ")";
      case 3 -> "CASE " + column + " WHEN 1 THEN " + reference(range) + " ELSE 2 END";
      case 7 -> "(SELECT MAX(" + correlated(range, depth) + ")";
      case 8 -> column + " IN (SELECT " + correlated(range, depth);
      default -> column;
    };
  }

  private String correlated(Range outer, int depth) {
    Range inner = range(depth - 1);
    return reference(inner)
        + (depth < 2 ? "" : " + 0) + (SELECT MIN(" + reference(inner) + ")")
        + " FROM "
        + inner.text()
        + " WHERE "
        + pick(inner.references())
        + " = "
        + pick(outer.references())
        + ")";
  }

  private String rest(Range range, int depth) {
    StringBuilder rest = new StringBuilder(" FROM ").append(range.text());
    if (chance(50)) {
      rest.append(" WHERE ").append(condition(range, depth));
    }
    return rest.toString();
  }

  private String condition(Range range, int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> value(range, depth) + " > " + reference(range);
      case 1 -> reference(range) + " BETWEEN 1 AND " + reference(range);
      case 2 -> "EXISTS (SELECT 1" + rest(range(0), 0) + ")";
      case 3 -> reference(range) + " LIKE '1%' OR NOT " + reference(range);
      default -> "(" + reference(range) + ", 1) = (" + reference(range) + ", 2)";
    };
  }

  private String query(int depth) {
    StringBuilder query = new StringBuilder();
    if (chance(20)) {
      query.append("WITH w AS (SELECT ").append(items(1, "k0", "k1")).append(") ");
      query.append("SELECT w.k0, K1 FROM w");
      return query.toString();
    }
    Range range = range(depth);
    query.append("SELECT ");
    boolean star = chance(15);
    if (star) {
      query.append(chance(50) ? "*" : pick(range.aliases()) + ".*");
    } else {
      query.append(value(range, depth)).append(" AS p, ").append(value(range, depth)).append(" q");
    }
    query.append(rest(range, depth));
    if (!star && chance(30)) {
      query.append(" GROUP BY ").append(one("p", reference(range)));
    }
    if (!star && chance(20)) {
      query.append(" HAVING ").append(one("p > 1", "COUNT(" + reference(range) + ") > 1"));
    }
    if (chance(30)) {
      query.append(" ORDER BY ").append(star ? reference(range) : one("q", reference(range)));
    }
    if (!star && chance(20)) {
      query.append(" LIMIT 3");
    } else if (!star && chance(20)) {
      query.insert(0, "(").append(") UNION (SELECT ").append(items(1, "m", "n")).append(")");
    }
    return query.toString();
  }

  private String update() {
    Range range = range(0);
    String target = pick(range.references().stream().filter(one -> one.startsWith("t")).toList());
    return "UPDATE "
        + range.text()
        + " SET "
        + target
        + " = "
        + value(range, 1)
        + (chance(70) ? " WHERE " + condition(range, 1) : "");
  }

  private String delete() {
    Range range = range(0);
    return "DELETE "
        + pick(range.aliases())
        + " FROM "
        + range.text()
        + (chance(70) ? " WHERE " + condition(range, 1) : "");
  }

  private String insert() {
    String table = TABLES.get(random.nextInt(TABLES.size()));
    String column = columns(table)[random.nextInt(4)];
    return one("INSERT INTO ", "REPLACE INTO ").concat(table)
        + " (id, "
        + (column.equals("id") ? "s" : column)
        + ") SELECT "
        + items(1, "e0", "e1");
  }
}

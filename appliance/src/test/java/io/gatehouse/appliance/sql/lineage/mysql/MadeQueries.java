package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Queries over {@link MarkedDatabase} by chance. The server does not take all of them. */
final class MadeQueries {
  private static final List<String> LABELS = List.of("p", "Q", "lbl", "k", "other", "S");

  private final Random random;
  private final boolean mysql;
  private int aliases;

  MadeQueries(long seed, Flavour flavour) {
    random = new Random(seed);
    mysql = flavour == Flavour.MYSQL;
  }

  /**
   * What rows come from.
   *
   * @param columns by what they can be qualified with
   */
  private record Source(String sql, Map<String, List<String>> columns) {
    List<String> all() {
      return columns.entrySet().stream()
          .flatMap(one -> one.getValue().stream().map(name -> one.getKey() + "." + name))
          .toList();
    }
  }

  /**
   * @param labels empty for those that are not known
   */
  private record Made(String sql, List<String> labels) {}

  String next() {
    aliases = 0;
    if (chance(8)) {
      return recursive();
    }
    if (chance(5)) {
      Made inner = select(1, 0);
      String list = renamed(inner);
      String body =
          "select * from cte" + (chance(2) ? " natural join a" + (1 + random.nextInt(4)) : "");
      return "with cte" + list + " as (" + inner.sql() + ") " + body;
    }
    return chance(3) ? union(2) : select(2, 0).sql();
  }

  private String recursive() {
    String first = pick(List.of("k", "p", "q"));
    String other = pick(List.of("k", "p", "q", "concat(v, '')", "v"));
    return "with recursive r(i, v) as (select 1, %s from a1 union all select i + 1, %s from r, a1"
            .formatted(first, other.equals("k") ? "a1.k" : other)
        + " where i < 3) select "
        + pick(List.of("*", "v", "r.v, i", "max(v)"))
        + " from r";
  }

  private String renamed(Made inner) {
    return inner.labels().stream().anyMatch(String::isEmpty) || chance(3)
        ? IntStream.range(0, inner.labels().size())
            .mapToObj(i -> pick(List.of("k", "p", "n", "m", "z")) + (i == 0 ? "" : "" + i))
            .collect(Collectors.joining(", ", "(", ")"))
        : "";
  }

  private String union(int depth) {
    int width = 1 + random.nextInt(3);
    String all = Stream.of(" union ", " union all ").toList().get(random.nextInt(2));
    return select(depth, width).sql() + all + select(depth, width).sql();
  }

  private Made select(int depth, int width) {
    Source source = from(depth);
    List<String> items = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    int count = width > 0 ? width : 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      if (width == 0 && chance(3)) {
        star(source, items, labels);
      } else {
        item(source, depth, items, labels);
      }
    }
    String sql =
        "select "
            + (chance(9) ? "distinct " : "")
            + String.join(", ", items)
            + " from "
            + source.sql()
            + clauses(source, labels);
    return new Made(sql, labels);
  }

  private void star(Source source, List<String> items, List<String> labels) {
    if (chance(2)) {
      String qualifier = pick(source.columns().keySet().stream().sorted().toList());
      items.add(qualifier + ".*");
      labels.addAll(source.columns().get(qualifier));
    } else if (items.isEmpty()) {
      items.add("*");
      // Joins may have merged some: what they are called is for the server to say.
      source.all().forEach(_ -> labels.add(""));
    } else {
      items.add("'z'");
      labels.add("");
    }
  }

  private void item(Source source, int depth, List<String> items, List<String> labels) {
    String value = value(source, depth);
    if (chance(2)) {
      String label = pick(LABELS);
      items.add(value + " as " + label);
      labels.add(label);
    } else {
      items.add(value);
      labels.add(value.matches("[\\w.]+") ? value.substring(value.lastIndexOf('.') + 1) : "");
    }
  }

  private String value(Source source, int depth) {
    String column = column(source);
    return switch (random.nextInt(12)) {
      case 0 -> "concat(" + column + ", '-')";
      case 1 -> "coalesce(null, " + column + ")";
      case 2 -> "if(1, " + column + ", " + column(source) + ")";
      case 3 -> depth > 0 ? "(select " + column + ")" : column;
      case 4 -> depth > 0 ? "(" + select(depth - 1, 1).sql() + " limit 1)" : "'z'";
      case 5 -> "case when 1 then " + column + " end";
      case 6 -> "(select " + pick(LABELS) + ")";
      default -> column;
    };
  }

  private String column(Source source) {
    List<String> all = source.all();
    String chosen = pick(all.isEmpty() ? List.of("k") : all);
    String name = chosen.substring(chosen.indexOf('.') + 1);
    return switch (random.nextInt(5)) {
      case 0 -> name;
      case 1 -> name.toUpperCase(java.util.Locale.ROOT);
      default -> chosen;
    };
  }

  private String clauses(Source source, List<String> labels) {
    StringBuilder sql = new StringBuilder();
    if (chance(4)) {
      sql.append(" where ").append(column(source)).append(" like 'a%'");
    }
    if (chance(6)) {
      sql.append(" group by ").append(column(source));
    }
    List<String> known = labels.stream().filter(label -> !label.isEmpty()).toList();
    if (chance(6) && !known.isEmpty()) {
      sql.append(" having ").append(pick(known)).append(" is not null");
    }
    return sql.toString();
  }

  // FROM

  private Source from(int depth) {
    Source left = factor(depth);
    int joins = random.nextInt(3);
    for (int i = 0; i < joins; i++) {
      left = joined(left, chance(6) ? nested(depth) : factor(depth));
    }
    return left;
  }

  private Source nested(int depth) {
    Source inner = joined(factor(depth), factor(depth));
    return new Source("(" + inner.sql() + ")", inner.columns());
  }

  private Source joined(Source left, Source right) {
    Map<String, List<String>> columns = new java.util.LinkedHashMap<>(left.columns());
    columns.putAll(right.columns());
    String on = left.all().isEmpty() ? "1" : pick(left.all()) + " is not null";
    String sql =
        switch (random.nextInt(8)) {
          case 0 -> left.sql() + ", " + right.sql();
          case 1 -> left.sql() + " join " + right.sql() + " on " + on;
          case 2 -> left.sql() + " left join " + right.sql() + " on 1 = 0";
          case 3 -> left.sql() + " right join " + right.sql() + " on " + on;
          case 4 -> left.sql() + " natural join " + right.sql();
          case 5 -> left.sql() + " natural right join " + right.sql();
          case 6 -> left.sql() + using(" join ", left, right);
          default -> left.sql() + using(chance(2) ? " right join " : " left join ", left, right);
        };
    return new Source(sql, columns);
  }

  private String using(String join, Source left, Source right) {
    List<String> shared =
        names(left).stream()
            .filter(name -> names(right).stream().anyMatch(name::equalsIgnoreCase))
            .distinct()
            .toList();
    if (shared.isEmpty()) {
      return " cross join " + right.sql();
    }
    List<String> chosen = new ArrayList<>(List.of(pick(shared)));
    shared.stream()
        .filter(name -> chance(2) && chosen.stream().noneMatch(name::equalsIgnoreCase))
        .forEach(chosen::add);
    return join + right.sql() + " using (" + String.join(", ", chosen) + ")";
  }

  private static List<String> names(Source source) {
    return source.columns().values().stream().flatMap(List::stream).toList();
  }

  private Source factor(int depth) {
    String alias = "t" + aliases++;
    if (depth > 0 && chance(3)) {
      Made inner =
          chance(4)
              ? new Made(
                  "select k as k, p as p from a1 union all select r, Two from a3",
                  List.of("k", "p"))
              : select(depth - 1, 0);
      String list = mysql && chance(9) ? renamed(inner) : "";
      List<String> labels =
          list.isEmpty()
              ? inner.labels().stream().filter(label -> !label.isEmpty()).toList()
              : List.of(list.substring(1, list.length() - 1).split(", "));
      return new Source("(" + inner.sql() + ") " + alias + list, Map.of(alias, labels));
    }
    Map<String, List<String>> relations = chance(3) ? MarkedDatabase.VIEWS : MarkedDatabase.TABLES;
    String name = pick(relations.keySet().stream().sorted().toList());
    return new Source(name + " " + alias, Map.of(alias, relations.get(name)));
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}

package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.twin.BankTables.Link;
import io.gatehouse.appliance.masking.twin.Relation.Column;
import io.gatehouse.appliance.masking.twin.Source.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Queries of every shape; each says in which order its rows come, as far as that shows. */
final class MysqlSelects {
  private final Draft draft;
  private final boolean mariadb;

  MysqlSelects(Draft draft, boolean mariadb) {
    this.draft = draft;
    this.mariadb = mariadb;
  }

  /**
   * One of any shape.
   *
   * @param most the rows are limited to keys up to this
   */
  String any(String most) {
    int dice = draft.number(0, 100);
    if (dice < 28) {
      return plain(Source.any(draft), most);
    }
    if (dice < 43) {
      return aggregate(Source.any(draft), most);
    }
    if (dice < 54) {
      return window(Source.any(draft), most);
    }
    if (dice < 68) {
      return cte(most);
    }
    if (dice < 80) {
      return setOperation(most);
    }
    return dice < 94 ? subquery(most) : star(most);
  }

  private static String below(Source source, String most) {
    Part first = source.first();
    return first.alias() + "." + first.relation().key() + " <= " + most;
  }

  private String where(Source source, String most) {
    String where = " WHERE " + below(source, most);
    if (draft.chance(40)) {
      where += (draft.chance(75) ? " AND " : " AND NOT ") + "(" + source.condition() + ")";
    }
    return where;
  }

  private List<String> scalars(Source source) {
    return IntStream.range(0, draft.number(1, 5)).mapToObj(_ -> source.scalar()).toList();
  }

  private String limit() {
    return draft.chance(30) ? " LIMIT " + draft.number(3, 25) : "";
  }

  private String plain(Source source, String most) {
    List<String> outputs = new ArrayList<>(scalars(source));
    if (draft.chance(12)) {
      return "SELECT DISTINCT %s%s%s ORDER BY %s"
          .formatted(named(outputs), source.from(), where(source, most), positions(outputs.size()));
    }
    outputs.addFirst(source.keys());
    String order = source.keys();
    if (draft.mayTouch() && draft.chance(12)) {
      order = source.plain(Kind::ordered) + (draft.chance(50) ? " DESC, " : ", ") + order;
    }
    return "SELECT %s%s%s ORDER BY %s%s"
        .formatted(String.join(", ", outputs), source.from(), where(source, most), order, limit());
  }

  private static String named(List<String> outputs) {
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> outputs.get(i) + " AS c" + i)
        .collect(Collectors.joining(", "));
  }

  private static String positions(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private String aggregate(Source source, String most) {
    draft.uses(Construct.AGGREGATE);
    List<String> outputs = new ArrayList<>();
    int groups = draft.number(0, 3);
    for (int i = 0; i < groups; i++) {
      outputs.add(draft.chance(60) ? source.plain(Kind::ordered) : source.scalar());
    }
    int folds = draft.number(1, 4);
    for (int i = 0; i < folds; i++) {
      outputs.add(fold(source));
    }
    String having = groups > 0 && draft.chance(25) ? " HAVING " + having(source) : "";
    return "SELECT "
        + named(outputs)
        + source.from()
        + where(source, most)
        + (groups == 0 ? "" : " GROUP BY " + names(groups))
        + having
        + (groups == 0 ? "" : " ORDER BY " + names(groups));
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
  }

  private String having(Source source) {
    return draft.chance(60) ? "count(*) > 1" : "max(" + source.plain(Kind::summed) + ") > 50";
  }

  private String fold(Source source) {
    return switch (draft.number(0, 10)) {
      case 0 -> "count(*)";
      case 1 -> "count(" + source.scalar() + ")";
      case 2 -> "count(DISTINCT " + source.plain(_ -> true) + ")";
      case 3 -> "min(" + source.plain(MysqlSelects::extreme) + ")";
      case 4 -> "max(" + source.plain(MysqlSelects::extreme) + ")";
      case 5 -> "sum(" + source.plain(Kind::summed) + ")";
      case 6 -> "avg(" + source.plain(Kind::summed) + ")";
      case 7 -> "group_concat(" + source.scalar() + " ORDER BY " + source.keys() + ")";
      case 8 -> "sum(CASE WHEN " + source.condition() + " THEN 1 ELSE 0 END)";
      default -> "count(CASE WHEN " + source.condition() + " THEN 1 END)";
    };
  }

  private static boolean extreme(Kind kind) {
    return kind.ordered() && kind != Kind.WORD;
  }

  private String window(Source source, String most) {
    draft.uses(Construct.WINDOW);
    String keys = source.keys();
    String by = draft.chance(60) ? "PARTITION BY " + source.plain(Kind::ordered) + " " : "";
    String inOrder = " OVER (" + by + "ORDER BY " + keys;
    String over =
        switch (draft.number(0, 7)) {
          case 0 ->
              "row_number() OVER (%sORDER BY %s, %s)"
                  .formatted(by, source.plain(Kind::ordered), keys);
          case 1 -> "rank() OVER (" + by + "ORDER BY " + source.plain(Kind::ordered) + ")";
          case 2 -> "lag(" + source.plain(_ -> true) + ")" + inOrder + ")";
          case 3 -> "first_value(" + source.plain(_ -> true) + ")" + inOrder + ")";
          case 4 -> "sum(" + source.plain(Kind::summed) + ")" + inOrder + ")";
          case 5 -> "ntile(4) OVER (ORDER BY " + source.plain(Kind::ordered) + ", " + keys + ")";
          default ->
              "count(%s)%s ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)"
                  .formatted(source.plain(_ -> true), inOrder);
        };
    return "SELECT %s, %s AS v, %s AS w%s%s ORDER BY %s%s"
        .formatted(keys, source.scalar(), over, source.from(), where(source, most), keys, limit());
  }

  /** A query's result as a relation: its key, and two columns under other names. */
  private static Relation renamed(String sql, Column one, Column two) {
    return new Relation(
        sql,
        "id",
        List.of(
            new Column("id", Kind.INT, false),
            new Column("a", one.kind(), one.secret()),
            new Column("b", two.kind(), two.secret())),
        false);
  }

  private String cte(String most) {
    draft.uses(Construct.CTE);
    if (draft.chance(12)) {
      return recursive(most);
    }
    Relation base = draft.relation();
    Source inside = Source.of(draft, base);
    Column one = draft.column(base);
    Column two = draft.column(base);
    String head = draft.chance(50) ? "WITH w AS (" : "WITH w(id, a, b) AS (";
    String body = head + inner(inside, base, one, two, most) + ") ";
    Source outside = Source.of(draft, renamed("w", one, two));
    if (draft.chance(40)) {
      outside.joined(base);
    }
    return body + (draft.chance(70) ? plain(outside, most) : aggregate(outside, most));
  }

  private String inner(Source inside, Relation base, Column one, Column two, String most) {
    String alias = inside.first().alias();
    return "SELECT %s.%s AS id, %s AS a, %s AS b%s%s"
        .formatted(
            alias,
            base.key(),
            draft.reference(alias, one),
            draft.reference(alias, two),
            inside.from(),
            where(inside, most));
  }

  private String recursive(String most) {
    Column column = draft.column(BankTables.named("hr.employees"), kind -> kind == Kind.TEXT);
    return "WITH RECURSIVE w(id, v, depth) AS (SELECT employee_id, "
        + draft.reference("e", column)
        + ", 1 FROM hr.employees e WHERE manager_id IS NULL UNION ALL SELECT e.employee_id, "
        + draft.reference("e", column)
        + ", w.depth + 1 FROM hr.employees e JOIN w ON e.manager_id = w.id)"
        + " SELECT id, v, depth FROM w WHERE id <= "
        + most
        + " ORDER BY id";
  }

  private String setOperation(String most) {
    draft.uses(Construct.SET_OPERATION);
    Source one = Source.of(draft, draft.relation());
    Source two = Source.of(draft, draft.relation());
    if (draft.chance(60)) {
      return arm("'a', ", one, most) + " UNION ALL " + arm("'b', ", two, most) + " ORDER BY 1, 2";
    }
    List<String> operations =
        mariadb ? List.of("UNION", "INTERSECT", "EXCEPT") : List.of("UNION", "UNION ALL");
    return value(one, most) + " " + draft.one(operations) + " " + value(two, most) + " ORDER BY 1";
  }

  private String arm(String tag, Source source, String most) {
    return "SELECT %s%s, %s AS v%s%s"
        .formatted(tag, source.keys(), value(source), source.from(), where(source, most));
  }

  private String value(Source source, String most) {
    return "SELECT " + value(source) + " AS v" + source.from() + where(source, most);
  }

  private String value(Source source) {
    return draft.chance(70)
        ? source.plain(kind -> kind == Kind.TEXT)
        : "CAST(" + source.scalar() + " AS CHAR)";
  }

  private String subquery(String most) {
    draft.uses(Construct.SUBQUERY);
    Link link = draft.one(links());
    Source many = Source.of(draft, link.many());
    Source one = Source.of(draft, link.one());
    String column = many.first().alias() + "." + link.column();
    String keys = one.keys();
    String on = column + " = " + keys;
    return switch (draft.number(0, mariadb ? 4 : 5)) {
      case 0 ->
          "SELECT %s, %s%s WHERE %sEXISTS (SELECT 1%s WHERE %s AND %s) AND %s ORDER BY %s"
              .formatted(
                  keys,
                  one.scalar(),
                  one.from(),
                  draft.chance(50) ? "" : "NOT ",
                  many.from(),
                  on,
                  many.condition(),
                  below(one, most),
                  keys);
      case 1 ->
          "SELECT %s, %s%s WHERE %s IN (SELECT %s%s WHERE %s) AND %s ORDER BY %s%s"
              .formatted(
                  keys,
                  one.scalar(),
                  one.from(),
                  keys,
                  column,
                  many.from(),
                  many.condition(),
                  below(one, most),
                  keys,
                  limit());
      case 2 ->
          "SELECT %s, (SELECT %s%s WHERE %s) AS s%s WHERE %s ORDER BY %s"
              .formatted(keys, fold(many), many.from(), on, one.from(), below(one, most), keys);
      case 3 -> derived(most);
      default -> lateral(one, many, on, most);
    };
  }

  private String lateral(Source one, Source many, String on, String most) {
    return """
    SELECT %s, l.v%s CROSS JOIN LATERAL (SELECT %s AS k, %s AS v%s WHERE %s ORDER BY %s LIMIT 2) AS l \
    WHERE %s ORDER BY %s, l.k\
    """
        .formatted(
            one.keys(),
            one.from(),
            many.keys(),
            many.scalar(),
            many.from(),
            on,
            many.keys(),
            below(one, most),
            one.keys());
  }

  private List<Link> links() {
    return BankTables.LINKS.stream()
        .filter(link -> !draft.mayTouch() || link.many().secret() || link.one().secret())
        .toList();
  }

  private String derived(String most) {
    Relation base = draft.relation();
    Source inside = Source.of(draft, base);
    Column one = draft.column(base);
    Column two = draft.column(base);
    String sql = "(" + inner(inside, base, one, two, most) + ")";
    return plain(Source.of(draft, renamed(sql, one, two)), most);
  }

  private String star(String most) {
    Source source = Source.of(draft, draft.relation());
    Part first = source.first();
    boolean all = draft.mayTouch() || !first.relation().secret();
    if (first.relation().secret() && all) {
      draft.touch();
    }
    String outputs =
        all
            ? first.alias() + (draft.chance(50) ? ".*" : ".*, 1 AS one")
            : first.alias() + "." + first.relation().key();
    return "SELECT %s%s%s ORDER BY %s%s"
        .formatted(outputs, source.from(), where(source, most), source.keys(), limit());
  }
}

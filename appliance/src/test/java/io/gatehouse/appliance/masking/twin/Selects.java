package io.gatehouse.appliance.masking.twin;

import io.gatehouse.appliance.masking.twin.BankTables.Link;
import io.gatehouse.appliance.masking.twin.Relation.Column;
import io.gatehouse.appliance.masking.twin.Source.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Queries of every shape; each says in which order its rows come, as far as that shows. */
final class Selects {
  private final Draft draft;

  Selects(Draft draft) {
    this.draft = draft;
  }

  /**
   * One of any shape.
   *
   * @param parameter what stands for a whole number that the rows are limited by, such as {@code
   *     $1}
   */
  String any(String parameter) {
    int dice = draft.number(0, 100);
    if (dice < 26) {
      return plain(Source.any(draft), parameter);
    }
    if (dice < 41) {
      return aggregate(Source.any(draft), parameter);
    }
    if (dice < 52) {
      return window(Source.any(draft), parameter);
    }
    if (dice < 66) {
      return cte(parameter);
    }
    if (dice < 78) {
      return setOperation(parameter);
    }
    if (dice < 92) {
      return subquery(parameter);
    }
    return wholeRow(parameter);
  }

  private String below(Source source, String parameter) {
    Part first = source.first();
    return first.alias() + "." + first.relation().key() + " <= " + parameter;
  }

  private String where(Source source, String parameter) {
    String where = " WHERE " + below(source, parameter);
    if (draft.chance(45)) {
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

  private String plain(Source source, String parameter) {
    List<String> outputs = new ArrayList<>(scalars(source));
    if (draft.chance(12)) {
      String all = named(outputs);
      return "SELECT DISTINCT "
          + all
          + source.from()
          + where(source, parameter)
          + " ORDER BY "
          + positions(outputs.size());
    }
    outputs.addFirst(source.keys());
    String order = source.keys();
    if (draft.mayTouch() && draft.chance(12)) {
      order = source.plain(Kind::ordered) + (draft.chance(50) ? " DESC, " : ", ") + order;
    }
    return "SELECT "
        + String.join(", ", outputs)
        + source.from()
        + where(source, parameter)
        + " ORDER BY "
        + order
        + limit();
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

  private String aggregate(Source source, String parameter) {
    draft.uses(Construct.AGGREGATE);
    List<String> outputs = new ArrayList<>();
    int groups = draft.number(0, 3);
    for (int i = 0; i < groups; i++) {
      outputs.add(draft.chance(60) ? source.plain(Kind::ordered) : source.scalar());
    }
    String grouping = groups == 0 ? "" : " GROUP BY " + positions(groups);
    int folds = draft.number(1, 4);
    for (int i = 0; i < folds; i++) {
      outputs.add(fold(source));
    }
    String having = groups > 0 && draft.chance(25) ? " HAVING " + having(source) : "";
    return "SELECT "
        + named(outputs)
        + source.from()
        + where(source, parameter)
        + grouping
        + having
        + (groups == 0 ? "" : " ORDER BY " + positions(outputs.size() - folds));
  }

  private String having(Source source) {
    return draft.chance(60) ? "count(*) > 1" : "max(" + source.plain(Kind::summed) + ") > 50";
  }

  private String fold(Source source) {
    String keys = source.keys();
    String fold =
        switch (draft.number(0, 10)) {
          case 0 -> "count(*)";
          case 1 -> "count(" + source.scalar() + ")";
          case 2 -> "count(DISTINCT " + source.plain(_ -> true) + ")";
          case 3 -> "min(" + source.plain(this::extreme) + ")";
          case 4 -> "max(" + source.plain(this::extreme) + ")";
          case 5 -> "sum(" + source.plain(Kind::summed) + ")";
          case 6 -> "avg(" + source.plain(Kind::summed) + ")";
          case 7 -> "string_agg((" + source.scalar() + ")::text, ',' ORDER BY " + keys + ")";
          case 8 -> "jsonb_agg(" + source.scalar() + " ORDER BY " + keys + ")";
          default -> "bool_or(" + source.condition() + ")";
        };
    return draft.chance(20) ? fold + " FILTER (WHERE " + source.condition() + ")" : fold;
  }

  private boolean extreme(Kind kind) {
    return kind.ordered() && kind != Kind.WORD;
  }

  private String window(Source source, String parameter) {
    draft.uses(Construct.WINDOW);
    String keys = source.keys();
    String by = draft.chance(60) ? "PARTITION BY " + source.scalar() + " " : "";
    String inOrder = by + "ORDER BY " + keys;
    String over =
        switch (draft.number(0, 7)) {
          case 0 ->
              "row_number() OVER ("
                  + by
                  + "ORDER BY "
                  + source.plain(Kind::ordered)
                  + ", "
                  + keys
                  + ")";
          case 1 -> "rank() OVER (" + by + "ORDER BY " + source.plain(Kind::ordered) + ")";
          case 2 -> "lag(" + source.plain(_ -> true) + ") OVER (" + inOrder + ")";
          case 3 -> "first_value(" + source.plain(_ -> true) + ") OVER (" + inOrder + ")";
          case 4 -> "sum(" + source.plain(Kind::summed) + ") OVER (" + inOrder + ")";
          case 5 -> "ntile(4) OVER (ORDER BY " + source.plain(Kind::ordered) + ", " + keys + ")";
          default ->
              "count("
                  + source.plain(_ -> true)
                  + ") OVER ("
                  + inOrder
                  + " ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)";
        };
    return "SELECT "
        + keys
        + ", "
        + source.scalar()
        + " AS v, "
        + over
        + " AS w"
        + source.from()
        + where(source, parameter)
        + " ORDER BY "
        + keys
        + limit();
  }

  /** A query's result as a relation: its key, and two columns under other names. */
  private Relation renamed(String sql, Column one, Column two) {
    return new Relation(
        sql,
        "id",
        List.of(
            new Column("id", Kind.INT, false),
            new Column("a", one.kind(), one.secret()),
            new Column("b", two.kind(), two.secret())),
        false);
  }

  private String cte(String parameter) {
    draft.uses(Construct.CTE);
    if (draft.chance(12)) {
      return recursive(parameter);
    }
    Relation base = draft.relation();
    Source inside = Source.of(draft, base);
    Column one = draft.column(base);
    Column two = draft.column(base);
    String hint = draft.one(List.of("", "", "MATERIALIZED ", "NOT MATERIALIZED "));
    String body = "WITH w AS " + hint + "(" + inner(inside, base, one, two, parameter) + ") ";
    Source outside = Source.of(draft, renamed("w", one, two));
    if (draft.chance(40)) {
      outside.joined(base);
    }
    return body + (draft.chance(70) ? plain(outside, parameter) : aggregate(outside, parameter));
  }

  private String inner(Source inside, Relation base, Column one, Column two, String parameter) {
    String alias = inside.first().alias();
    return "SELECT "
        + alias
        + "."
        + base.key()
        + " AS id, "
        + draft.reference(alias, one)
        + " AS a, "
        + draft.reference(alias, two)
        + " AS b"
        + inside.from()
        + where(inside, parameter);
  }

  private String recursive(String parameter) {
    Column column = draft.column(BankTables.named("hr.employees"));
    return "WITH RECURSIVE w(id, v, depth) AS (SELECT employee_id, "
        + draft.reference("e", column)
        + ", 1 FROM hr.employees e WHERE manager_id IS NULL UNION ALL SELECT e.employee_id, "
        + draft.reference("e", column)
        + ", w.depth + 1 FROM hr.employees e JOIN w ON e.manager_id = w.id)"
        + " SELECT id, v, depth FROM w WHERE id <= "
        + parameter
        + " ORDER BY id";
  }

  private String setOperation(String parameter) {
    draft.uses(Construct.SET_OPERATION);
    Source one = Source.of(draft, draft.relation());
    Source two = Source.of(draft, draft.relation());
    if (draft.chance(60)) {
      return arm("'a', ", one, parameter)
          + " UNION ALL "
          + arm("'b', ", two, parameter)
          + " ORDER BY 1, 2";
    }
    String operation = draft.one(List.of("UNION", "INTERSECT", "EXCEPT", "EXCEPT ALL"));
    return value(one, parameter) + " " + operation + " " + value(two, parameter) + " ORDER BY 1";
  }

  private String arm(String tag, Source source, String parameter) {
    return "SELECT "
        + tag
        + source.keys()
        + ", "
        + value(source)
        + " AS v"
        + source.from()
        + where(source, parameter);
  }

  private String value(Source source, String parameter) {
    return "SELECT " + value(source) + " AS v" + source.from() + where(source, parameter);
  }

  private String value(Source source) {
    return draft.chance(50)
        ? source.plain(kind -> kind == Kind.TEXT) + "::text"
        : "(" + source.scalar() + ")::text";
  }

  private String subquery(String parameter) {
    draft.uses(Construct.SUBQUERY);
    Link link = draft.one(links());
    Source many = Source.of(draft, link.many());
    Source one = Source.of(draft, link.one());
    String column = many.first().alias() + "." + link.column();
    String keys = one.keys();
    String on = column + " = " + keys;
    return switch (draft.number(0, 5)) {
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
                  below(one, parameter),
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
                  below(one, parameter),
                  keys,
                  limit());
      case 2 ->
          "SELECT %s, (SELECT %s%s WHERE %s) AS s%s WHERE %s ORDER BY %s"
              .formatted(
                  keys, fold(many), many.from(), on, one.from(), below(one, parameter), keys);
      case 3 -> lateral(one, many, on, parameter);
      default -> derived(parameter);
    };
  }

  private String lateral(Source one, Source many, String on, String parameter) {
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
            below(one, parameter),
            one.keys());
  }

  private List<Link> links() {
    return BankTables.LINKS.stream()
        .filter(link -> !draft.mayTouch() || link.many().secret() || link.one().secret())
        .toList();
  }

  private String derived(String parameter) {
    Relation base = draft.relation();
    Source inside = Source.of(draft, base);
    Column one = draft.column(base);
    Column two = draft.column(base);
    String sql = "(" + inner(inside, base, one, two, parameter) + ")";
    return plain(Source.of(draft, renamed(sql, one, two)), parameter);
  }

  private String wholeRow(String parameter) {
    Source source = Source.of(draft, draft.relation());
    Part first = source.first();
    String row =
        draft.mayTouch() || !first.relation().secret()
            ? draft.one(
                List.of("@.*", "@", "to_jsonb(@)", "row_to_json(@)::text", "ROW(@.*)", "@::text"))
            : first.alias() + "." + first.relation().key();
    if (first.relation().secret() && draft.mayTouch()) {
      draft.touch();
    }
    return "SELECT "
        + Draft.filled(row, first.alias())
        + source.from()
        + where(source, parameter)
        + " ORDER BY "
        + source.keys()
        + limit();
  }
}

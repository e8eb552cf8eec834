package io.gatehouse.appliance.sql.lineage.mysql;

import io.gatehouse.appliance.catalog.ColumnOrigin;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.lineage.Lineage;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Tables on a real server in which every cell says by the case of its letters which column it is
 * of. For the server all are equal, so that any of them can be joined.
 */
final class MarkedDatabase implements AutoCloseable {
  static final String NAME = "marked";
  private static final String WORD = "abcdefghijkl";
  private static final Pattern WORDS = Pattern.compile(WORD, Pattern.CASE_INSENSITIVE);

  static final Map<String, List<String>> TABLES =
      Map.of(
          "a1", List.of("k", "p", "q"),
          "a2", List.of("k", "q", "r"),
          "a3", List.of("r", "Two", "p"),
          "a4", List.of("K", "s", "R"));

  static final Map<String, List<String>> VIEWS = views();

  private static final Map<String, String> DEFINITIONS =
      Map.of(
          "v1", "select p as x, k from a1",
          "v2", "select b.r as R2, concat(a.p, b.q) as pq from a1 a join a2 b on a.k = b.k",
          "v3", "select X as y, v1.K from v1",
          "v4", "select p as u from a1 union all select s from a4",
          "v5", "select * from a1 natural join a2",
          "v6", "select * from a3 right join a2 using (r)",
          "v7", "select upper(k) as p, (select s from a4 limit 1) as s from a1 where q like 'a%'",
          "v8", "with c(m, n) as (select r, Two from a3) select n, m as k from c order by n");

  private final Connection connection;
  private final String version;
  private final List<Relation> relations = new ArrayList<>();
  private final Map<Integer, ColumnOrigin> columns = new LinkedHashMap<>();

  private static Map<String, List<String>> views() {
    return Map.of(
        "v1", List.of("x", "k"),
        "v2", List.of("R2", "pq"),
        "v3", List.of("y", "K"),
        "v4", List.of("u"),
        "v5", List.of("k", "q", "p", "r"),
        "v6", List.of("r", "k", "q", "Two", "p"),
        "v7", List.of("p", "s"),
        "v8", List.of("n", "k"));
  }

  private MarkedDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    this.version = one("select version()");
  }

  static MarkedDatabase make(Flavour flavour) throws SQLException {
    MarkedDatabase made =
        new MarkedDatabase(
            DriverManager.getConnection(
                "jdbc:mariadb://localhost:%d/%s?sslMode=trust&sessionVariables=sql_mode=''"
                    .formatted(RealServer.of(flavour).port(), RealServer.DATABASE),
                Held.NATIVE.user(),
                Held.NATIVE.password()));
    made.create();
    return made;
  }

  private void create() throws SQLException {
    run("drop database if exists " + NAME);
    run("create database " + NAME + " character set utf8mb4 collate utf8mb4_general_ci");
    run("use " + NAME);
    for (Map.Entry<String, List<String>> entry : new TreeMap<>(TABLES).entrySet()) {
      String table = entry.getKey();
      List<String> names = entry.getValue();
      run(
          "create table %s (%s)"
              .formatted(table, String.join(" varchar(90), ", names) + " varchar(90)"));
      List<String> values = new ArrayList<>();
      for (String name : names) {
        int id = columns.size() + 1;
        columns.put(id, new ColumnOrigin(NAME, table, name));
        values.add("'" + word(id) + "'");
      }
      run("insert into %s values (%s)".formatted(table, String.join(", ", values)));
    }
    for (String view : DEFINITIONS.keySet().stream().sorted().toList()) {
      run("create view " + view + " as " + DEFINITIONS.get(view));
    }
    for (String table : TABLES.keySet()) {
      relations.add(relation(table, Relation.Kind.TABLE, ""));
    }
    for (String view : DEFINITIONS.keySet()) {
      String definition =
          one(
              "select view_definition from information_schema.views where table_schema = '%s' and"
                      .formatted(NAME)
                  + " table_name = '"
                  + view
                  + "'");
      relations.add(relation(view, Relation.Kind.VIEW, definition));
    }
  }

  private Relation relation(String name, Relation.Kind kind, String definition)
      throws SQLException {
    List<String> named = new ArrayList<>();
    for (List<String> row :
        rows(
            "select column_name, data_type from information_schema.columns where table_schema ="
                + " '%s' and table_name = '%s' order by ordinal_position".formatted(NAME, name))) {
      named.add(row.get(0) + " " + row.get(1));
    }
    return MysqlHandMade.relation(NAME, name, kind, named, definition, Map.of());
  }

  Lineage trace(String sql) {
    return MysqlHandMade.trace(sql, NAME, relations, version, Map.of());
  }

  private static String word(int id) {
    StringBuilder word = new StringBuilder(WORD);
    for (int i = 0; i < word.length(); i++) {
      if ((id >> i & 1) == 1) {
        word.setCharAt(i, Character.toUpperCase(word.charAt(i)));
      }
    }
    return word.toString();
  }

  /** The columns of which a value holds cells, but for those whose letters were changed. */
  List<ColumnOrigin> found(String value) {
    List<ColumnOrigin> found = new ArrayList<>();
    for (MatchResult match : WORDS.matcher(value).results().toList()) {
      int id = 0;
      for (int i = 0; i < WORD.length(); i++) {
        id |= Character.isUpperCase(match.group().charAt(i)) ? 1 << i : 0;
      }
      ColumnOrigin column = columns.get(id);
      if (column != null) {
        found.add(column);
      }
    }
    return found;
  }

  static boolean marked(String value) {
    return value.toLowerCase(Locale.ROOT).contains(WORD.substring(0, 3));
  }

  static boolean whole(String value) {
    return value.length() == WORD.length();
  }

  /** The labels of a result, then its rows. */
  List<List<String>> result(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> all = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      int count = result.getMetaData().getColumnCount();
      for (int i = 1; i <= count; i++) {
        labels.add(result.getMetaData().getColumnLabel(i));
      }
      all.add(labels);
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
          String value = result.getString(i);
          row.add(value == null ? "" : value);
        }
        all.add(row);
      }
      return all;
    }
  }

  private List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> all = result(sql);
    return all.subList(1, all.size());
  }

  private String one(String sql) throws SQLException {
    return rows(sql).getFirst().getFirst();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    run("drop database if exists " + NAME);
    connection.close();
  }
}

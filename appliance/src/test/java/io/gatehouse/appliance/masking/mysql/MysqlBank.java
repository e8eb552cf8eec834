package io.gatehouse.appliance.masking.mysql;

import io.gatehouse.appliance.masking.AnalystQueries;
import io.gatehouse.appliance.masking.BankData;
import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.ProtectedColumn;
import io.gatehouse.appliance.masking.ProtectedColumns;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.twin.MysqlGenerator;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bank at one server: a database for each variant, each with all tables. */
public final class MysqlBank {
  static final MysqlTwins TWINS = new MysqlTwins("bank");

  /** What PostgreSQL writes otherwise. */
  private record Otherwise(Pattern literal, String here) {
    Otherwise(String literal, String here) {
      this(Pattern.compile(literal), here);
    }
  }

  private static final List<Otherwise> LITERALS =
      List.of(
          new Otherwise("ARRAY\\[([^]]*)]", "JSON_ARRAY($1)"),
          new Otherwise("'\\\\x([0-9a-f]*)'", "x'$1'"),
          new Otherwise("'(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[.0-9]*)\\+00'", "'$1'"),
          new Otherwise("'(\\d+) milliseconds'", "$1"),
          new Otherwise("daterange\\(([^)]*)\\)", "$1"),
          new Otherwise("point\\(([^)]*)\\)", "$1"));

  private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+)");

  private final CorpTables server;

  public MysqlBank(Flavour flavour) {
    server = new CorpTables(flavour);
  }

  /** The database of a variant. */
  public static String database(Variant variant) {
    return TWINS.name(variant);
  }

  /** What analysts ask, about the database of a variant. */
  public static List<String> analysts(Variant variant) {
    return AnalystQueries.of(MysqlEvasions.text("analyst.sql")).stream()
        .filter(query -> query.binds().isEmpty())
        .flatMap(query -> query.statements().stream())
        .map(sql -> TWINS.said(sql, variant))
        .toList();
  }

  /** As the policy names them. */
  static List<String> columns(Variant... variants) {
    return Arrays.stream(variants)
        .flatMap(
            variant ->
                ProtectedColumns.all().stream()
                    .map(
                        column ->
                            TWINS.name(variant) + "." + column.table() + "." + column.column()))
        .toList();
  }

  public MysqlBank with(Variant... variants) throws SQLException {
    try (Connection connection = connect(RealServer.DATABASE);
        Statement statement = connection.createStatement()) {
      for (Variant variant : variants) {
        String name = TWINS.name(variant);
        statement.execute("DROP DATABASE IF EXISTS " + name);
        statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        statement.execute("USE " + name);
        for (String one : statements(variant)) {
          statement.execute(one);
        }
      }
    }
    return this;
  }

  private static List<String> statements(Variant variant) {
    List<String> all = new ArrayList<>();
    String schema = MysqlEvasions.text("bank-schema.sql").replaceAll("(?m)^--.*\n", "");
    for (String one : schema.strip().split(";\n", -1)) {
      all.add(one);
      Matcher table = TABLE.matcher(one);
      if (table.lookingAt()) {
        // Plans, which show in the definitions of columns, are then the same for all twins.
        all.add("ALTER TABLE " + table.group(1) + " STATS_PERSISTENT=1, STATS_AUTO_RECALC=0");
      }
    }
    for (String one : BankData.rows(1, variant).split(";\n", -1)) {
      if (one.startsWith("INSERT")) {
        all.add(rows(one));
      }
    }
    return all.stream().map(one -> one.replaceAll(";$", "")).collect(Collectors.toList());
  }

  private static String rows(String insert) {
    int values = insert.indexOf(" VALUES\n");
    String head = MysqlGenerator.unqualified(insert.substring(0, values));
    String rows = insert.substring(values);
    for (Otherwise one : LITERALS) {
      rows = one.literal().matcher(rows).replaceAll(one.here());
    }
    return head + rows;
  }

  Markers markers() throws SQLException {
    String name = TWINS.name(Variant.MARKED);
    List<ProtectedColumn> columns =
        ProtectedColumns.all().stream()
            .map(
                column ->
                    new ProtectedColumn(
                        name, column.table(), column.column(), column.kind(), column.because()))
            .toList();
    try (Connection connection = connect(name)) {
      return Markers.of(connection, columns);
    }
  }

  public Connection connect(String database) throws SQLException {
    return server.connect(database);
  }
}

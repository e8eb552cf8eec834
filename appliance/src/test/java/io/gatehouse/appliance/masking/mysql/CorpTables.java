package io.gatehouse.appliance.masking.mysql;

import io.gatehouse.appliance.masking.Markers;
import io.gatehouse.appliance.masking.ProtectedColumn;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.masking.mysql.MysqlStep.Text;
import io.gatehouse.mysql.testing.RealServer;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import io.gatehouse.mysql.testing.RealServer.Held;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The two databases of the evasions at one server. */
public final class CorpTables {
  static final MysqlTwins TWINS = new MysqlTwins("corp");
  private static final List<String> COLUMNS =
      List.of("customers.ssn", "customers.salary", "customers.email", "customers.doc", "part.ssn");

  private final Flavour flavour;

  public CorpTables(Flavour flavour) {
    this.flavour = flavour;
  }

  /** The database of the first of them. */
  public static String database() {
    return TWINS.name(Variant.MARKED);
  }

  /** The statements of all evasions, about that database. */
  public static List<String> statements() {
    return MysqlEvasions.all().stream()
        .flatMap(evasion -> evasion.steps().stream())
        .filter(Text.class::isInstance)
        .map(step -> TWINS.said(step.sql(), Variant.MARKED))
        .distinct()
        .toList();
  }

  /** As the policy names them, in each of the databases. */
  static List<String> columns() {
    return TWINS.names().stream()
        .flatMap(name -> COLUMNS.stream().map(column -> name + "." + column))
        .toList();
  }

  public Connection connect(String database) throws SQLException {
    String address =
        switch (flavour) {
          case MYSQL ->
              "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED&allowPublicKeyRetrieval=true";
          case MARIADB -> "jdbc:mariadb://127.0.0.1:%d/%s?sslMode=disable";
        };
    return DriverManager.getConnection(
        address.formatted(RealServer.of(flavour).port(), database) + "&allowMultiQueries=true",
        Held.NATIVE.user(),
        Held.NATIVE.password());
  }

  /** Both as they are at first. */
  public void renew() throws SQLException {
    try (Connection connection = connect(RealServer.DATABASE);
        Statement statement = connection.createStatement()) {
      for (Variant variant : List.of(Variant.MARKED, Variant.UNLIKE)) {
        for (String one : statements(variant)) {
          statement.execute(one);
        }
      }
    }
  }

  Markers markers() throws SQLException {
    String database = TWINS.name(Variant.MARKED);
    List<ProtectedColumn> columns =
        COLUMNS.stream()
            .map(name -> name.split("\\.", -1))
            .map(name -> new ProtectedColumn(database, name[0], name[1], "", Optional.empty()))
            .toList();
    try (Connection connection = connect(database)) {
      return Markers.of(connection, columns);
    }
  }

  private static List<String> statements(Variant variant) {
    String name = TWINS.name(variant);
    List<String> all = new ArrayList<>();
    all.add("DROP DATABASE IF EXISTS " + name);
    all.add("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    all.add("USE " + name);
    all.addAll(TABLES);
    all.add(
        IntStream.rangeClosed(1, 40)
            .mapToObj(n -> customer(n, variant))
            .collect(Collectors.joining(", ", "INSERT INTO customers VALUES ", "")));
    all.addAll(AFTER);
    return all;
  }

  /** In one order in both: it is an index's, which the server may read instead of the table. */
  private static String customer(int n, Variant variant) {
    boolean marked = variant == Variant.MARKED;
    String ssn = marked ? "SECRET-%04d".formatted(n) : "HIDDEN-%d".formatted(7919 * n % 9973);
    String doc = "{\"ssn\": \"%s\", \"v\": [1, \"%s\"]}".formatted(ssn, ssn);
    return "(%d, 'NAME-%04d', '%s', %d, '%s%04d@ex.com', '%s')"
        .formatted(
            n,
            n,
            ssn,
            marked ? 900_100_000_000L + n : 700_200_000_000L - 17L * n,
            marked ? "VICTIM" : "PERSON",
            n,
            doc);
  }

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(60) NOT NULL,
            ssn VARCHAR(40) NOT NULL, salary BIGINT NOT NULL, email VARCHAR(60) NOT NULL UNIQUE,
            doc JSON NOT NULL)\
          """,
          "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL, amount INT NOT NULL)",
          "CREATE TABLE orders_empty LIKE orders",
          "CREATE TABLE notes (id BIGINT PRIMARY KEY AUTO_INCREMENT, text VARCHAR(200))",
          """
          CREATE TABLE part (id INT NOT NULL, ssn VARCHAR(40))
            PARTITION BY RANGE (id) (PARTITION p1 VALUES LESS THAN (1000))\
          """,
          "CREATE VIEW v_old AS SELECT id, ssn AS note FROM customers",
          "CREATE VIEW v_older AS SELECT id, note AS remark FROM v_old",
          "CREATE VIEW v_plain AS SELECT id, name FROM customers");

  private static final List<String> AFTER =
      List.of(
          "INSERT INTO part SELECT id, ssn FROM customers",
          "INSERT INTO orders SELECT id, 1 + id % 30, id FROM customers",
          "INSERT INTO orders VALUES (-1, 1, 1)",
          "INSERT INTO notes (text) VALUES ('one'), ('two'), ('three')",
          """
          CREATE FUNCTION leak(n INT) RETURNS TEXT READS SQL DATA
            RETURN (SELECT ssn FROM customers WHERE id = n)\
          """,
          "CREATE PROCEDURE shown() SELECT ssn FROM customers");
}

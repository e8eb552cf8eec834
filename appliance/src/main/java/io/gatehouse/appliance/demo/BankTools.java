package io.gatehouse.appliance.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What the tools do at the bank, each call in a connection of its own.
 *
 * @param url by JDBC
 * @param login its user and password
 */
record BankTools(String url, Properties login) {
  static final List<Map<String, Object>> LISTED =
      List.of(
          listed("find_customers", "Customers whose name has this in it.", "name", "string"),
          listed("customer", "All that the bank knows of a customer.", "id", "integer"),
          listed("block_card", "Blocks a card for good.", "id", "integer"));

  private static Map<String, Object> listed(
      String name, String description, String argument, String type) {
    return Map.of(
        "name",
        name,
        "description",
        description,
        "inputSchema",
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(argument, Map.of("type", type)),
            "required",
            List.of(argument)));
  }

  /**
   * @throws IllegalArgumentException if there is no such tool, or it does not take such arguments
   */
  Map<String, Object> call(String tool, Map<?, ?> arguments) throws SQLException {
    return switch (tool) {
      case "find_customers" ->
          Map.of(
              "customers",
              asked(
                  "select id, name from customer where name ilike '%' || ? || '%'"
                      + " order by id limit 10",
                  text(arguments, "name")));
      case "customer" ->
          asked("select id, name, ssn, email from customer where id = ?", id(arguments)).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("there is no such customer"));
      case "block_card" ->
          Map.of(
              "blocked",
              asked("update card set blocked = true where id = ? returning id", id(arguments)));
      default -> throw new IllegalArgumentException("there is no such tool");
    };
  }

  private static String text(Map<?, ?> arguments, String name) {
    if (arguments.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + " is text");
  }

  private static long id(Map<?, ?> arguments) {
    if (arguments.get("id") instanceof BigDecimal number && number.scale() <= 0) {
      return number.longValue();
    }
    throw new IllegalArgumentException("id is a whole number");
  }

  private List<Map<String, Object>> asked(String sql, Object argument) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, login);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, argument);
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows);
      }
    }
  }

  private static List<Map<String, Object>> read(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<Map<String, Object>> read = new ArrayList<>();
    while (rows.next()) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        row.put(columns.getColumnLabel(i), rows.getObject(i));
      }
      read.add(row);
    }
    return read;
  }
}

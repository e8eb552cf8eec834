package io.gatehouse.appliance.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.tree.Expression;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement;
import io.gatehouse.appliance.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Expressions without brackets, and the same with the brackets that this reader gives them, must be
 * one and the same to the server: it prints a view of each.
 */
class PrecedenceIT {
  private static final int SAMPLES = 4_000;

  private static final String[] INFIX = {
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "<",
    ">",
    "=",
    "<=",
    ">=",
    "<>",
    "!=",
    "||",
    "@@",
    "#",
    "~",
    "OPERATOR(public.@@)",
    "OPERATOR(pg_catalog.=)",
    "AND",
    "OR",
    "AND",
    "OR",
    "LIKE",
    "NOT LIKE",
    "ILIKE",
    "SIMILAR TO",
    "NOT SIMILAR TO",
    "IS DISTINCT FROM",
    "IS NOT DISTINCT FROM",
    "AT TIME ZONE",
    "ESCAPE"
  };

  private static final String[] POSTFIX = {
    "IS NULL",
    "IS NOT NULL",
    "ISNULL",
    "NOTNULL",
    "IS TRUE",
    "IS NOT FALSE",
    "IS UNKNOWN",
    "IN (a, b)",
    "NOT IN (c)",
    "BETWEEN a AND b",
    "NOT BETWEEN SYMMETRIC c + d AND e",
    "::varchar",
    "COLLATE \"C\"",
    "= ANY (t)",
    "< ALL (t)",
    "LIKE ANY (t)",
    "@@ SOME (t)"
  };

  private static final String[] PREFIX = {"-", "+", "@@", "NOT", "~", "OPERATOR(public.@@)"};

  private static final String[] SET_UP = {
    "CREATE FUNCTION two(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
    "CREATE FUNCTION one(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
    "CREATE CAST (text AS boolean) WITH INOUT AS IMPLICIT",
    "UPDATE pg_cast SET castcontext = 'i' WHERE castsource = 'boolean'::regtype AND casttarget ="
        + " 'text'::regtype",
    "SET allow_system_table_mods = on",
    "CREATE FUNCTION pg_catalog.timezone(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS"
        + " 'SELECT $1'",
    "CREATE TABLE r (a text, b text, c text, d text, e text, t text[])"
  };

  @Test
  void expressions_are_read_with_the_precedence_of_the_server() throws IOException, SQLException {
    long seed = Long.getLong("gatehouse.seed", 20261121L);
    Random random = new Random(seed);
    int compared = 0;
    List<String> wrong = new ArrayList<>();
    try (EmbeddedPostgres postgres = BriefServer.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection()) {
      setUp(connection);
      for (int i = 0; i < SAMPLES; i++) {
        String text = expression(random);
        String meaning = meaning(connection, text);
        if (!meaning.isEmpty()) {
          compared++;
          String printed = BracketPrinter.print(read(text));
          if (!meaning.equals(meaning(connection, printed))) {
            wrong.add(text + "  read as  " + printed);
          }
        }
      }
    }
    assertThat(wrong).as("seed " + seed).isEmpty();
    assertThat(compared).as("samples that mean something, seed " + seed).isGreaterThan(1_000);
  }

  private static void setUp(Connection connection) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      for (String sql : SET_UP) {
        statement.execute(sql);
      }
      for (String operator : List.of("+", "-", "*", "/", "%", "^", "@@", "#")) {
        statement.execute(
            "CREATE OPERATOR " + operator + " (leftarg = text, rightarg = text, function = two)");
      }
      for (String operator : List.of("+", "-", "@@", "~")) {
        statement.execute("CREATE OPERATOR " + operator + " (rightarg = text, function = one)");
      }
    }
  }

  private static String expression(Random random) {
    StringBuilder text = new StringBuilder();
    operand(text, random);
    int operators = 1 + random.nextInt(5);
    for (int i = 0; i < operators; i++) {
      if (random.nextInt(4) == 0) {
        text.append(' ').append(POSTFIX[random.nextInt(POSTFIX.length)]);
      } else {
        text.append(' ').append(INFIX[random.nextInt(INFIX.length)]).append(' ');
        operand(text, random);
      }
    }
    return text.toString();
  }

  private static void operand(StringBuilder text, Random random) {
    while (random.nextInt(5) == 0) {
      text.append(PREFIX[random.nextInt(PREFIX.length)]).append(' ');
    }
    text.append((char) ('a' + random.nextInt(5)));
  }

  /** How the server prints the expression; empty if it takes it for an error. */
  private static String meaning(Connection connection, String expression) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute("DROP VIEW IF EXISTS v");
      statement.execute("CREATE VIEW v AS SELECT " + expression + " AS x FROM r");
      try (ResultSet row = statement.executeQuery("SELECT pg_get_viewdef('v'::regclass)")) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      if ("08".equals(e.getSQLState().substring(0, 2))) {
        throw e;
      }
      return "";
    }
  }

  private static Expression read(String text) {
    Reading reading = PostgresReader.read("SELECT " + text, LexerSettings.ofServer(18));
    assertThat(reading).as(text).isInstanceOf(Reading.Read.class);
    Statement statement = ((Reading.Read) reading).statements().getFirst().statement();
    Query query = ((Statement.QueryStatement) statement).query();
    return ((Query.Select) query.body()).items().getFirst().value();
  }
}

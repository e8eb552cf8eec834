package io.gatehouse.appliance.sql.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.catalog.Catalog;
import io.gatehouse.appliance.catalog.CatalogServer;
import io.gatehouse.appliance.catalog.Relation;
import io.gatehouse.appliance.sql.Analysed;
import io.gatehouse.appliance.sql.NameState;
import io.gatehouse.appliance.sql.SqlDialect.Scene;
import io.gatehouse.appliance.sql.analysis.PostgresDialect;
import io.gatehouse.appliance.sql.attacks.AttackList;
import io.gatehouse.appliance.sql.corpus.Corpus;
import io.gatehouse.appliance.sql.corpus.Said;
import io.gatehouse.appliance.sql.postgres.LexerSettings;
import io.gatehouse.appliance.sql.postgres.PostgresReader;
import io.gatehouse.appliance.sql.postgres.Reading;
import io.gatehouse.appliance.sql.tree.Change;
import io.gatehouse.appliance.sql.tree.Statement.QueryStatement;
import io.gatehouse.plugin.Access;
import io.gatehouse.plugin.Certainty;
import io.gatehouse.plugin.Command;
import io.gatehouse.plugin.Resource;
import io.gatehouse.plugin.Trait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The server itself says which columns a statement reads and what it changes: a role that was
 * granted exactly what the analysis found must be allowed to explain the statement, which checks
 * its rights and runs nothing.
 */
class PrivilegesIT {
  private static final LexerSettings SETTINGS = LexerSettings.ofServer(18);
  private static final PostgresDialect DIALECT = new PostgresDialect();

  /** The star of EXISTS needs rights and gives nothing. */
  private static final String ONLY_EXISTENCE = "sqlalchemy/151";

  /** How many were compared, and those that the server refused. */
  private record Outcome(int compared, List<String> refused) {}

  @Test
  void tricky_grantedWhatWasFound_serverAllows() throws Exception {
    CatalogServer server = CatalogServer.named("corp");
    server.run(AttackList.fixture());
    Outcome outcome = compare(server, List.of("hr", "public"), tricky());
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.compared()).isGreaterThan(60);
  }

  @Test
  void corpus_grantedWhatWasFound_serverAllows() throws Exception {
    List<Said> said = new ArrayList<>(Corpus.clients());
    said.addAll(Corpus.typical());
    Outcome outcome = compare(Estate.bank().server(), List.of("$user", "public"), said);
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.compared()).isGreaterThan(700);
  }

  @Test
  void evasions_grantedWhatWasFound_serverAllows() throws Exception {
    CatalogServer server = CatalogServer.empty();
    server.run(AttackList.fixture().replace("DATABASE corp", "DATABASE " + server.name()));
    Outcome outcome = compare(server, List.of("hr", "public"), Corpus.evasions());
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.compared()).isGreaterThan(100);
  }

  private static List<Said> tricky() throws IOException {
    List<Said> said = new ArrayList<>();
    try (InputStream in = PrivilegesIT.class.getResourceAsStream("/sql/analysis/columns.sql")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("--"))
          .forEach(line -> said.add(new Said("columns/" + said.size(), "", "", line)));
    }
    return said;
  }

  private static Outcome compare(CatalogServer server, List<String> path, List<Said> all)
      throws SQLException {
    Catalog catalog = server.read();
    Scene scene = new Scene(catalog, new NameState.Known(path, "postgres", Set.of()), true, false);
    List<String> refused = new ArrayList<>();
    int compared = 0;
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setEscapeProcessing(false);
      statement.execute(
          "SET search_path = " + String.join(", ", path).replace("$user", "\"$user\""));
      statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE");
      connection.commit();
      for (Said said : all) {
        Analysed analysed = explainable(said, scene);
        if (analysed == null) {
          continue;
        }
        String state = explain(statement, grants(analysed.command(), catalog), said.sql());
        connection.rollback();
        compared += state.isEmpty() ? 1 : 0;
        // Who may call a function of the server's is not the question here.
        boolean function = state.contains("permission denied for function");
        if (state.startsWith("42501") && !function && !said.id().equals(ONLY_EXISTENCE)) {
          refused.add(said.id() + ": " + state + ": " + said.sql());
        }
      }
    }
    return new Outcome(compared, refused);
  }

  private static @Nullable Analysed explainable(Said said, Scene scene) {
    boolean one =
        PostgresReader.read(said.sql(), SETTINGS) instanceof Reading.Read(var statements)
            && statements.size() == 1
            && (statements.getFirst().statement() instanceof QueryStatement
                || statements.getFirst().statement() instanceof Change);
    if (!one) {
      return null;
    }
    Analysed analysed = DIALECT.analyse(said.sql(), scene).getFirst();
    return analysed.command().certainty() == Certainty.EXACT ? analysed : null;
  }

  /** Empty, or the server's error. */
  private static String explain(Statement statement, List<String> grants, String sql) {
    try {
      statement.execute("CREATE ROLE probe");
      for (String grant : grants) {
        statement.execute(grant);
      }
      statement.execute("SET LOCAL ROLE probe");
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
    try {
      statement.execute("EXPLAIN (GENERIC_PLAN) " + sql);
      return "";
    } catch (SQLException e) {
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  private static List<String> grants(Command command, Catalog catalog) {
    Set<String> grants = new LinkedHashSet<>();
    for (String schema : catalog.content().schemas()) {
      if (!schema.startsWith("pg_")) {
        grants.add("GRANT USAGE ON SCHEMA " + quoted(schema) + " TO probe");
        grants.add("GRANT ALL ON ALL SEQUENCES IN SCHEMA " + quoted(schema) + " TO probe");
      }
    }
    boolean locks = command.traits().contains(Trait.LOCKS);
    for (Access access : command.accesses()) {
      if (!access.indirect()) {
        granted(access, locks, catalog).forEach(grants::add);
      }
    }
    return List.copyOf(grants);
  }

  private static List<String> granted(Access access, boolean locks, Catalog catalog) {
    List<String> path = access.resource().path();
    Relation relation = path.size() < 2 ? null : catalog.relation(path.get(0), path.get(1));
    if (relation == null || relation.columns().isEmpty()) {
      return List.of();
    }
    String on = " ON " + quoted(path.get(0)) + "." + quoted(path.get(1)) + " TO probe";
    if (relation.system()) {
      return List.of("GRANT SELECT" + on);
    }
    boolean table = access.resource().kind() == Resource.Kind.TABLE;
    // To count its rows, or to change them, one column is enough, and which does not matter.
    String column = table ? relation.columns().getFirst() : path.getLast();
    String select = "GRANT SELECT (" + quoted(column) + ")" + on;
    return switch (access.operation()) {
      case READ -> locks && table ? List.of(select, "GRANT UPDATE" + on) : List.of(select);
      case WRITE -> table ? List.of(select, "GRANT INSERT, UPDATE" + on) : List.of();
      case DELETE -> List.of(select, "GRANT DELETE" + on);
      default -> List.of();
    };
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}

package io.gatehouse.appliance.sql.coverage;

import io.gatehouse.appliance.catalog.CatalogServer;
import io.gatehouse.appliance.sql.corpus.Corpus;
import io.gatehouse.appliance.sql.corpus.Said;
import io.gatehouse.appliance.sql.postgres.LexerSettings;
import io.gatehouse.appliance.sql.postgres.PostgresReader;
import io.gatehouse.appliance.sql.postgres.Reading;
import io.gatehouse.appliance.sql.tree.Query;
import io.gatehouse.appliance.sql.tree.Statement.CreateTableAs;
import io.gatehouse.appliance.sql.tree.Statement.CreateView;
import io.gatehouse.appliance.sql.tree.Statement.Definition;
import io.gatehouse.appliance.sql.tree.Statement.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database in which there is what the corpus speaks of. */
final class Estate {
  private static final LexerSettings SETTINGS = LexerSettings.ofServer(18);
  private static final Path OBJECTS = Path.of("src/test/sh/sql/collect.d/objects.sql");

  private static @Nullable Estate built;

  private final Map<String, Set<String>> temporary = new HashMap<>();

  private final CatalogServer server = CatalogServer.named("bank");

  private Estate() {}

  /** One for all tests, because a statement of the corpus knows its database by name. */
  static synchronized Estate bank() throws IOException, SQLException {
    if (built == null) {
      built = new Estate();
      built.build();
    }
    return built;
  }

  CatalogServer server() {
    return server;
  }

  /** Runs what the corpus itself defines; what then fails is there already, or not needed. */
  private void build() throws IOException, SQLException {
    server.run(bankTables());
    server.run(Files.readString(OBJECTS));
    server.run("create table tokio_t (id int primary key, v text, b bytea)");
    server.run(
        "create table \"Books\" (\"Id\" serial primary key, \"Title\" text, \"Price\" numeric)");
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (Said said : Corpus.clients()) {
        boolean renames = said.sql().toLowerCase(Locale.ROOT).contains("rename");
        if (creates(said) && !renames) {
          attempt(statement, said.sql());
        }
      }
    }
  }

  /** Apart, because the two have a table of the same name. */
  static CatalogServer tpch() {
    CatalogServer server = CatalogServer.empty();
    server.run(Corpus.tpchSchema());
    return server;
  }

  /** What sessions of a client have of their own at some time. */
  Set<String> temporary(Said said) {
    return temporary.getOrDefault(file(said), Set.of());
  }

  private static String file(Said said) {
    return said.id().substring(0, said.id().indexOf('/'));
  }

  private static String bankTables() throws IOException {
    String name = "/io/gatehouse/appliance/demo/bank.sql";
    try (InputStream in = Estate.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void attempt(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException ignored) {
      // Said a second time, or about what another client has.
    }
  }

  private boolean creates(Said said) {
    if (!(PostgresReader.read(said.sql(), SETTINGS) instanceof Reading.Read(var all))) {
      return false;
    }
    boolean creates = !all.isEmpty();
    for (Reading.Located one : all) {
      creates &= creates(one.statement(), said);
    }
    return creates;
  }

  private boolean creates(io.gatehouse.appliance.sql.tree.Statement one, Said said) {
    return switch (one) {
      case Definition definition when definition.verb() == Verb.CREATE -> {
        if (definition.temporary()) {
          definition.names().forEach(name -> own(said, name.last().text()));
        }
        yield !definition.temporary();
      }
      case Definition definition when definition.verb() == Verb.ALTER -> true;
      case CreateTableAs create when create.persistence() == Query.Persistence.TEMPORARY -> {
        own(said, create.table().last().text());
        yield false;
      }
      case CreateTableAs _, CreateView _ -> true;
      default -> false;
    };
  }

  private void own(Said said, String name) {
    temporary.computeIfAbsent(file(said), _ -> new HashSet<>()).add(name);
  }
}

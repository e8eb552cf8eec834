package io.gatehouse.appliance.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.sql.postgres.GrammarOracle.Answer;
import io.gatehouse.appliance.sql.postgres.Reading.Located;
import io.gatehouse.appliance.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reader beside the grammar of a real server. */
class PostgresReaderIT {
  private static final int MUTATIONS = Boolean.getBoolean("gatehouse.long") ? 1_000_000 : 20_000;
  private static final LexerSettings SETTINGS = LexerSettings.ofServer(18);

  private static EmbeddedPostgres postgres;
  private static GrammarOracle oracle;

  @BeforeAll
  static void start() throws IOException {
    postgres = BriefServer.builder().start();
    oracle = new GrammarOracle(postgres.getPort());
  }

  @AfterAll
  static void stop() throws IOException {
    oracle.close();
    postgres.close();
  }

  @Test
  void keywords_are_those_of_the_server_with_category_and_label() throws SQLException {
    TreeMap<String, String> theirs = new TreeMap<>();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT word, catcode, barelabel FROM pg_get_keywords()")) {
      while (rows.next()) {
        theirs.put(rows.getString(1), rows.getString(2) + rows.getBoolean(3));
      }
    }
    TreeMap<String, String> ours = new TreeMap<>();
    for (String word : Keywords.words()) {
      String code =
          switch (Keywords.category(word).orElseThrow()) {
            case UNRESERVED -> "U";
            case COLUMN_NAME -> "C";
            case TYPE_OR_FUNCTION_NAME -> "T";
            case RESERVED -> "R";
          };
      ours.put(word, code + Keywords.bareLabel(word));
    }
    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void corpus_is_read_as_by_the_server_but_for_what_is_listed() throws IOException {
    Set<String> refusedHere = new TreeSet<>();
    Set<String> refusedThere = new TreeSet<>();
    List<String> misread = new ArrayList<>();
    for (String sql : Corpus.statements()) {
      boolean accepted = oracle.ask(sql) != Answer.SYNTAX_ERROR;
      switch (PostgresReader.read(sql, SETTINGS)) {
        case Reading.NotRead refused -> {
          if (accepted) {
            refusedHere.add(sql);
          }
        }
        case Reading.Read read -> {
          if (!accepted) {
            refusedThere.add(sql);
          } else if (!sameStatements(sql, read)) {
            misread.add(sql);
          }
        }
      }
    }
    assertThat(misread).isEmpty();
    assertThat(refusedHere).isEqualTo(new TreeSet<>(Corpus.refusedHere()));
    assertThat(refusedThere).isEqualTo(new TreeSet<>(Corpus.refusedThere()));
  }

  @Test
  void mutated_texts_that_both_read_hold_the_same_statements() throws IOException {
    long seed = Long.getLong("gatehouse.seed", System.nanoTime());
    Mutations mutations = new Mutations(Corpus.statements(), seed);
    List<String> misread = new ArrayList<>();
    int both = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String sql = mutations.next();
      if (PostgresReader.read(sql, SETTINGS) instanceof Reading.Read read
          && oracle.ask(sql) != Answer.SYNTAX_ERROR) {
        both++;
        if (!sameStatements(sql, read)) {
          misread.add(sql);
        }
      }
    }
    assertThat(misread).as("seed " + seed).isEmpty();
    assertThat(both).as("texts read by both, seed " + seed).isGreaterThan(MUTATIONS / 50);
  }

  /** Whether every statement is one to the server, and nothing stands between them. */
  private static boolean sameStatements(String sql, Reading.Read read) throws IOException {
    int end = 0;
    for (Located statement : read.statements()) {
      String text = sql.substring(statement.start(), statement.end());
      Answer alone = oracle.ask(text);
      boolean one = alone == Answer.ONE || (alone == Answer.NONE_OR_EXIT && !oracle.empty(text));
      if (!one || !oracle.empty(sql.substring(end, statement.start()))) {
        return false;
      }
      end = statement.end();
    }
    boolean several = oracle.ask(sql) == Answer.SEVERAL;
    return several == read.statements().size() > 1 && oracle.empty(sql.substring(end));
  }
}

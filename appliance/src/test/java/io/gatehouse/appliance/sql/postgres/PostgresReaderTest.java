package io.gatehouse.appliance.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresReaderTest {
  private static final LexerSettings SETTINGS = LexerSettings.ofServer(18);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "; | 0",
        "-- a | 0",
        "SELECT 1;; | 1",
        "SELECT 1; SELECT 2 | 2",
        "SELECT ';'; SELECT $$;$$ | 2",
        "SELECT 1 /* ; */ -- ; | 1",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3 | 2",
      })
  void statements_are_split_where_the_server_splits_them(String sql, int count) {
    assertThat(Readings.all(sql)).hasSize(count);
  }

  @Test
  void several_statements_are_refused_where_only_one_may_stand() {
    LexerSettings one = new LexerSettings(18, true, false, 100, 100);
    assertThat(PostgresReader.read("SELECT 1;", one)).isInstanceOf(Reading.Read.class);
    assertThat(PostgresReader.read("SELECT 1; SELECT 2", one)).isInstanceOf(Reading.NotRead.class);
  }

  @Test
  void statements_know_their_place() {
    String sql = " /* a */ SELECT 1 ; DELETE FROM t -- b";
    List<Reading.Located> statements = Readings.all(sql);
    assertThat(statements)
        .extracting(statement -> sql.substring(statement.start(), statement.end()))
        .containsExactly("SELECT 1", "DELETE FROM t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT 'a', 1.5, B'1', E'x' FROM T WHERE \"B\" = $1 | select ? from t where \"B\" = ?",
        "SELECT a IN (1, 2, 3) | select a in ( ? )",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c') | insert into t values ( ? )",
        "ALTER ROLE a PASSWORD 'secret' | alter role a password ?",
        "SELECT a /* c */ + -1 | select a + - ?",
        "SELECT NULL, TRUE | select null , true",
      })
  void fingerprints_hold_no_constant(String sql, String fingerprint) {
    assertThat(Readings.all(sql).getFirst().fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void a_thread_with_little_stack_refuses_too() throws InterruptedException {
    String sql = "SELECT " + "x IN ((SELECT ".repeat(400) + "1";
    LexerSettings deep = new LexerSettings(18, true, true, 100_000, 100_000);
    AtomicReference<Reading> reading = new AtomicReference<>();
    Thread thread =
        new Thread(null, () -> reading.set(PostgresReader.read(sql, deep)), "small", 160 * 1024);
    thread.start();
    thread.join();
    assertThat(reading.get()).isInstanceOf(Reading.NotRead.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "((SELECT ", "f(", "- ", "NOT ", "CASE WHEN ", "ARRAY[", "(SELECT "})
  void deep_nesting_is_refused_and_overflows_nothing(String open) {
    String sql = "SELECT " + open.repeat(20_000) + "1";
    assertThat(Readings.refused(sql).reason()).startsWith("nested deeper than");
  }

  @ParameterizedTest
  @ValueSource(strings = {" + 1", " || a", ".b", "[1]", "::int", " IS NULL", " UNION SELECT 1"})
  void a_chain_that_would_nest_the_tree_too_deeply_is_refused(String link) {
    String sql = "SELECT (a)" + link.repeat(15_000);
    assertThat(Readings.refused(sql).reason()).startsWith("a chain longer than");
    assertThat(Readings.all("SELECT (a)" + link.repeat(500))).hasSize(1);
  }

  @Test
  void long_flat_texts_are_read() {
    assertThat(Readings.all("SELECT a" + " OR a".repeat(20_000))).hasSize(1);
    assertThat(Readings.all("SELECT 1" + ", 1".repeat(40_000))).hasSize(1);
    assertThat(Readings.refused("SELECT 1" + ", 1".repeat(60_000)).reason())
        .isEqualTo("more than 100000 tokens");
  }

  @Test
  void joins_in_a_chain_are_counted() {
    assertThat(Readings.refused("SELECT 1 FROM a" + " CROSS JOIN b".repeat(15_000)).reason())
        .startsWith("a chain longer than");
  }

  @Test
  void a_refusal_tells_nothing_of_the_text() throws IOException {
    Mutations mutations = new Mutations(Corpus.statements(), 1);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      String sql = mutations.next() + " 'zq9secret' zq9secret zq9secret zq9secret";
      if (PostgresReader.read(sql, SETTINGS) instanceof Reading.NotRead refusal) {
        refused++;
        assertThat(refusal.reason()).doesNotContain("zq9secret");
        assertThat(refusal.position()).isBetween(0, sql.length());
      }
    }
    assertThat(refused).isGreaterThan(4_000);
  }

  @Test
  void any_characters_are_read_or_refused() {
    long seed = Long.getLong("gatehouse.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("SELECT ");
      int length = random.nextInt(30);
      for (int j = 0; j < length; j++) {
        text.append(
            (char) (random.nextInt(20) == 0 ? random.nextInt(0x3000) : 32 + random.nextInt(95)));
      }
      assertThat(PostgresReader.read(text.toString(), SETTINGS)).as("seed " + seed).isNotNull();
    }
  }
}

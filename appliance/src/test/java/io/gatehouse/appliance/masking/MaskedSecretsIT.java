package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.gatehouse.appliance.log.RecordedLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protected values are nowhere but on their way: not in what the gate logs, counts and says, and
 * not in its memory once the sessions are gone. The server that has them is another process.
 */
class MaskedSecretsIT {
  private static final long SEED = Long.getLong("gatehouse.seed", new Random().nextLong());

  /** What the server has. */
  private static final Needles NEEDLES = new Needles(new SplittableRandom(SEED));

  /** What only the client knows; the server's errors may quote that to it. */
  private static final Needles TYPED = new Needles(new SplittableRandom(~SEED));

  private static final String TABLE =
      """
      CREATE TABLE bank.%1$s (id int PRIMARY KEY, pan text UNIQUE, note text, amount bigint,
        salary numeric, ident uuid, raw bytea, doc jsonb, plain text);
      INSERT INTO bank.%1$s
        SELECT n, :word || n, '€' || :word || n, :amount::bigint, :salary::numeric, :ident::uuid,
            decode(:raw, 'hex'), jsonb_build_object('key', :word, 'of', :amount), 'plain'
          FROM generate_series(1, 500) n;
      GRANT SELECT, INSERT, UPDATE, DELETE ON bank.%1$s TO analyst;
      """;

  private static final String POLICY =
      """
      masks:
        last-four: {kind: keep-last, count: 2}
        coarse: {kind: bucket, to: 1000000}
      rules:
        - {name: all, verdict: allow}
        - name: texts
          resources: {columns: [bank.open.pan]}
          verdict: mask
          mask: last-four
          strength: output
        - name: numbers
          resources: {columns: [bank.open.amount, bank.open.salary]}
          verdict: mask
          mask: coarse
          strength: output
        - name: others
          resources: {columns: [bank.open.note, bank.open.ident, bank.open.raw, bank.open.doc]}
          verdict: mask
          strength: output
        - name: strict
          resources: {columns: [bank.closed.pan, bank.closed.note, bank.closed.amount,
            bank.closed.salary, bank.closed.ident, bank.closed.raw, bank.closed.doc]}
          verdict: mask
      """;

  /** For both tables; with what the server has after a colon, what it has not after a mark. */
  private static final List<String> STATEMENTS =
      List.of(
          // masked
          "SELECT * FROM bank.%s",
          "SELECT t FROM bank.%s t",
          "SELECT upper(pan), pan || note, count(*) OVER () FROM bank.%s",
          "SELECT max(pan), min(note), array_agg(amount) FROM bank.%s",
          "SELECT pan FROM bank.%s UNION ALL SELECT note FROM bank.%1$s",
          "COPY bank.%s TO STDOUT",
          "COPY (SELECT id, pan FROM bank.%s) TO STDOUT (FORMAT csv)",
          // typed by the client itself
          "SELECT * FROM bank.%s WHERE pan = ':word1' AND amount = :amount",
          "SELECT id, '!word' FROM bank.%s WHERE ident = ':ident' AND salary > :salary",
          "INSERT INTO bank.%s (id, pan, amount) VALUES (-1, '!word-typed', :amount)",
          "SELECT * FROM bank.%s WHERE raw = '\\x:raw'",
          // the server's errors quote the value
          "SELECT pan::int FROM bank.%s",
          "SELECT note::date FROM bank.%s",
          "SELECT pan::uuid, amount FROM bank.%s",
          "SELECT note::jsonb FROM bank.%s",
          "SELECT amount::int FROM bank.%s",
          "SELECT doc::text::xml FROM bank.%s",
          "INSERT INTO bank.%s (id, pan) VALUES (-2, ':word1')",
          "INSERT INTO bank.%s (id, pan) SELECT id - 1000, pan FROM bank.%1$s",
          "INSERT INTO bank.%s (id, ident) VALUES (-3, '!word')",
          "SELECT * FROM bank.%s WHERE amount = '!word'",
          "SELEC '!word' FROM bank.%s",
          "SELECT '!word' FROM bank.%s_is_not_there",
          // refused
          "UPDATE bank.%s SET pan = '!word', note = pan",
          "CREATE TABLE bank.copy_of_%s AS SELECT * FROM bank.%1$s",
          "SELECT set_config('application_name', pan, false) FROM bank.%s",
          "DO $$ BEGIN RAISE NOTICE '%%', (SELECT pan FROM bank.%s LIMIT 1); END $$",
          "DO $$ BEGIN RAISE EXCEPTION '!word'; END $$ -- %s",
          "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM bank.%s WHERE pan > '!word'",
          "PREPARE p AS SELECT * FROM bank.%s WHERE pan = ':word1'",
          "EXECUTE p",
          "DEALLOCATE p -- %s",
          "SELECT 1 -- !word :word :ident in bank.%s");

  @TempDir private static Path folder;
  private static BankServer server;
  private static GatedBank gate;

  /** How often what came of it: a result, or an error by its SQLSTATE. */
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    // Its log comes into this process otherwise.
    server.run("bank", "ALTER DATABASE bank SET log_min_messages = panic");
    server.run("bank", "ALTER DATABASE bank SET log_min_error_statement = panic");
    server.run("bank", NEEDLES.inParts(TABLE.formatted("open") + TABLE.formatted("closed")));
    gate = GatedBank.start(folder, server, List.of("bank"), POLICY);
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  private void count(Answer answer) {
    answer
        .of('E')
        .forEach(
            error -> outcomes.merge(error.field('C').orElse("without SQLSTATE"), 1, Integer::sum));
    answer.of('C').forEach(_ -> outcomes.merge("completed", 1, Integer::sum));
  }

  private static String whole(String sql) {
    return TYPED.whole(NEEDLES.whole(sql).replace('!', ':'));
  }

  private void runAll(String table) throws IOException {
    try (TappedClient client = TappedClient.connect(gate.login("bank"))) {
      for (String statement : STATEMENTS) {
        String sql = whole(statement.formatted(table));
        count(client.query(sql));
        count(client.extended(sql, List.of(), Format.TEXT));
        count(client.extended(sql, List.of(), Format.BINARY));
      }
      parameters(client, table);
      byte[] rows = whole("-9\t!word copied\n-9\t!word twice\n").getBytes(UTF_8);
      count(client.query("COPY bank." + table + " (id, pan) FROM STDIN", rows));
      assertThat(NEEDLES.in(client.tap())).as(table).isEmpty();
    }
  }

  private void parameters(TappedClient client, String table) throws IOException {
    for (String sql :
        List.of(
            "SELECT * FROM bank.%s WHERE pan = $1",
            "INSERT INTO bank.%s (id, pan) VALUES (-5, $1)", "SELECT id, $1 FROM bank.%s")) {
      List<Optional<String>> word =
          List.of(Optional.of(whole(sql.startsWith("SELECT *") ? ":word1" : "!word")));
      count(client.extended(sql.formatted(table), word, Format.TEXT));
    }
  }

  /** In the middle of rows, of a portal, of a failed transaction, and of a COPY. */
  private static void leave() throws IOException {
    try (TappedClient client = TappedClient.connect(gate.login("bank"))) {
      client.send('Q', "SELECT * FROM bank.open a, bank.open b\0".getBytes(UTF_8));
      client.each(message -> message.type() == 'D');
    }
    try (TappedClient client = TappedClient.connect(gate.login("bank"))) {
      client.query("BEGIN");
      client.parse("s", whole("SELECT * FROM bank.open WHERE pan >= ':word'"));
      client.bind("p", "s", List.of(), Format.BINARY).execute("p", 3);
      assertThat(client.flush(message -> message.type() == 's').of('D')).hasSize(3);
    }
    try (TappedClient client = TappedClient.connect(gate.login("bank"))) {
      client.query("BEGIN");
      assertThat(client.query("SELECT pan::int FROM bank.open").error()).isPresent();
    }
    try (TappedClient client = TappedClient.connect(gate.login("bank"))) {
      client.send('Q', whole("SELECT '!word\0").getBytes(UTF_8));
      client.send('Q', "COPY bank.open (id, pan) FROM STDIN\0".getBytes(UTF_8));
      client.each(message -> message.type() == 'G');
      client.send('d', whole("-7\t!word").getBytes(UTF_8)).send('S', new byte[0]);
    }
  }

  private static String metrics() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(gate.management().resolve("/metrics")).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static void awaitNoSession() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                metrics()
                    .lines()
                    .anyMatch(line -> line.matches("gatehouse_sessions\\{.*\\} 0(\\.0)?")));
  }

  /** Of what is reachable, which what is held is. */
  private static Path dump(List<Object> held) throws IOException {
    Path dump = folder.resolve("heap.hprof");
    System.gc();
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(dump.toString(), true);
    } finally {
      Reference.reachabilityFence(held);
    }
    return dump;
  }

  @Test
  void valuesMaskedRefusedAndFailing_areNowhereAfterwards(TestReporter reporter) throws Exception {
    try (RecordedLog log = RecordedLog.atTrace()) {
      runAll("open");
      runAll("closed");
      leave();
      awaitNoSession();
      reporter.publishEntry("seed " + SEED + ", " + outcomes);
      assertThat(outcomes).containsKeys("completed", "42501", "22P02", "22007", "23505");
      assertThat(log.lines()).hasSizeGreaterThan(STATEMENTS.size() * 6);
      byte[] logged = String.join("\n", log.lines()).getBytes(UTF_8);
      assertThat(NEEDLES.in(logged)).as("log").isEmpty();
      assertThat(TYPED.in(logged)).as("log").isEmpty();
    }
    byte[] metrics = metrics().getBytes(UTF_8);
    assertThat(NEEDLES.in(metrics)).as("metrics").isEmpty();
    assertThat(TYPED.in(metrics)).as("metrics").isEmpty();

    Needles canary = new Needles(new SplittableRandom(SEED + 1));
    List<Object> held = canary.objects();
    Path dump = dump(held);
    assertThat(canary.in(dump).keySet())
        .as("what is held is found")
        .contains(
            "word", "word in UTF-16LE", "word in UTF-16BE", "binary amount", "raw ident", "raw");
    assertThat(NEEDLES.in(dump)).as("heap, -Dgatehouse.seed=" + SEED).isEmpty();
    assertThat(TYPED.in(dump)).as("heap, -Dgatehouse.seed=" + SEED).isEmpty();
  }
}

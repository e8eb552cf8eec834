package io.gatehouse.appliance.gated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.Appliance;
import io.gatehouse.appliance.config.SecretReference.Environment;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.UsersFile;
import io.gatehouse.appliance.log.RecordedLog;
import io.gatehouse.appliance.masking.Answer;
import io.gatehouse.appliance.masking.Format;
import io.gatehouse.appliance.masking.Login;
import io.gatehouse.appliance.masking.TappedClient;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that are found by their form in results, through the whole gate. */
class SearchedResultsIT {
  private static final String PASSWORD = "not a secret";
  private static final String PAN = "4111 1111 1111 1111";
  private static final String SSN = "536-22-8726";

  private static final String POLICY =
      """
      masks:
        address: {kind: constant, value: somebody@example.com}
      detectors:
        forms: {kinds: [pan, ssn, email]}
        staff: {patterns: {staff-number: "E[0-9]{6}"}}
        addresses: {kinds: [ipv4]}
      rules:
        - {name: all, verdict: allow}
        - {name: tagged, resources: {columns: [support.tickets.tagged]}, verdict: mask, mask: address, strength: output}
        - {name: no-forms, resources: {schemas: [support]}, verdict: detect, detector: forms}
        - {name: no-staff, resources: {tables: [support.tickets]}, verdict: detect, detector: staff, found: mask}
        - {name: watched, resources: {tables: [support.logs]}, verdict: detect, detector: addresses, found: alert}
      """;

  private static RealDatabase server;

  @TempDir private Path folder;
  private Appliance appliance;

  @BeforeAll
  static void serve() throws Exception {
    server = RealDatabase.start("corp");
    server.run(
        """
        CREATE EXTENSION citext;
        CREATE SCHEMA support;
        CREATE SCHEMA elsewhere;
        CREATE TYPE support.mood AS ENUM ('calm', 'a@example.com');
        CREATE TYPE support.pair AS (a int, b text);
        CREATE DOMAIN support.line AS varchar(40);
        CREATE TABLE support.tickets (id int, tagged text, note text, short varchar(12), fixed char(24),
          line support.line, raw json, doc jsonb, mark xml, tags text[], code citext, pair support.pair,
          mood support.mood, number bigint);
        INSERT INTO support.tickets VALUES
          (1, 'joe@example.com', 'card 4111 1111 1111 1111, staff E123456', '536-22-8726', '4111111111111111',
            '536-22-8726 and a@b.example', '{"n": 4111111111111111, "t": "\\u0034111111111111111"}',
            '{"m": "a@b.example", "x": [1]}', '<p>536-22-8726</p>', '{a,"4111 1111 1111 1111"}', 'a@b.example',
            ROW(1, '536-22-8726'), 'a@example.com', 4111111111111111),
          (2, NULL, 'nothing here', 'plain', 'plain', NULL, '{"n": 1}', '{"m": "x"}', '<p/>', '{a,b}', 'c',
            ROW(1, 'x'), 'calm', 5);
        CREATE TABLE support.logs (line text);
        INSERT INTO support.logs SELECT 'from 10.1.2.3, line ' || n FROM generate_series(1, 1000) n;
        CREATE TABLE elsewhere.t (note text);
        INSERT INTO elsewhere.t VALUES ('4111 1111 1111 1111');
        CREATE VIEW elsewhere.v AS SELECT note FROM support.tickets
        """);
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(folder.resolve("users.yaml"), "users: []\n");
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of(PASSWORD.toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    UsersFile.put(folder.resolve("users.yaml"), new User("ann", verifier, Set.of()));
    Path config =
        Files.writeString(
            folder.resolve("gatehouse.yaml"),
            """
            listeners:
              - name: main
                address: 127.0.0.1
                port: 0
                clients-without-tls: accept
                databases: {corp: corp}
            targets:
              - name: corp
                protocol: postgresql
                host: localhost
                port: %d
                without-tls: send-everything-unencrypted
                credential: {user: postgres, trust: true}
            users: users.yaml
            policy: policy.yaml
            journal: keep-no-record
            management: {address: 127.0.0.1, port: 0}
            limits: {analysis-millis: 60000}
            """
                .formatted(server.port()));
    appliance = Appliance.start(config, new Environment(Map.of()));
  }

  @AfterEach
  void stop() {
    appliance.close();
  }

  private TappedClient client() throws Exception {
    return TappedClient.connect(
        Login.with(appliance.address("main").getPort(), "ann", PASSWORD, "corp"));
  }

  private static Answer ask(TappedClient client, String sql, Format format) throws Exception {
    return client.extended(sql, List.of(), format);
  }

  private static List<String> first(Answer answer) {
    return answer.rows().getFirst();
  }

  private static byte[] bytes(Answer answer) {
    return answer.of('D').findFirst().orElseThrow().fields().getFirst().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void findingInATextColumn_isReplaced_inBothFormats(Format format) throws Exception {
    try (TappedClient client = client()) {
      for (Map.Entry<String, String> column :
          Map.of(
                  "note", "card [pan], staff [staff-number]",
                  "short", "[ssn]",
                  "fixed", "[pan]" + " ".repeat(19),
                  "line", "[ssn] and [email]",
                  "raw", "{\"n\": 0, \"t\": \"[pan]\"}",
                  "mark", "<masked/>")
              .entrySet()) {
        Answer answer =
            ask(client, "SELECT " + column.getKey() + " FROM support.tickets WHERE id = 1", format);
        assertThat(new String(bytes(answer), UTF_8))
            .as(column.getKey())
            .isEqualTo(column.getValue());
      }
      Answer doc = ask(client, "SELECT doc FROM support.tickets WHERE id = 1", format);
      String version = format == Format.BINARY ? "\u0001" : "";
      assertThat(new String(bytes(doc), UTF_8))
          .isEqualTo(version + "{\"m\": \"[email]\", \"x\": [1]}");
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void findingInWhatHasNoPlaceForAMarker_takesTheWholeValue(Format format) throws Exception {
    try (TappedClient client = client()) {
      for (String column : List.of("code", "pair", "t", "ROW(note, id)")) {
        Answer answer =
            ask(client, "SELECT " + column + " FROM support.tickets t WHERE id = 1", format);
        assertThat(answer.of('D').findFirst().orElseThrow().fields())
            .as(column)
            .containsExactly(Optional.empty());
      }
      Answer array =
          ask(
              client,
              "SELECT tags, array_agg(note) FROM support.tickets GROUP BY 1 LIMIT 1",
              format);
      assertThat(array.error()).isEmpty();
      assertThat(new String(array.bytes(), UTF_8)).doesNotContain("4111");
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void rowInWhichNothingIsFound_comesAsTheServerSentIt(Format format) throws Exception {
    String sql =
        "SELECT id, note, short, fixed, line, raw, doc, mark, tags, code, pair, mood, number"
            + " FROM support.tickets WHERE id = 2";
    try (TappedClient client = client();
        TappedClient direct =
            TappedClient.connect(Login.trusted(server.port(), "postgres", "corp"))) {
      assertThat(ask(client, sql, format).bytes()).isEqualTo(ask(direct, sql, format).bytes());
    }
  }

  @Test
  void whatIsNoText_isNotLookedThrough() throws Exception {
    try (TappedClient client = client()) {
      Answer answer = client.query("SELECT mood, number FROM support.tickets WHERE id = 1");
      assertThat(first(answer)).containsExactly("a@example.com", "4111111111111111");
    }
  }

  @Test
  void taggedColumn_hasItsMaskAndNothingElse() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace();
        TappedClient client = client()) {
      Answer answer = client.query("SELECT tagged, short FROM support.tickets WHERE id = 1");
      assertThat(first(answer)).containsExactly("somebody@example.com", "[ssn]");
      assertThat(findings(log, 1)).singleElement().asString().contains(" column=2 ");
    }
  }

  /** However the values come: the rule is about the command, not about a column. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT upper(note) FROM support.tickets WHERE id = 1 | CARD [pan], STAFF [staff-number]
          SELECT 'x' AS a, note AS "id" FROM support.tickets WHERE id = 1 | x
          SELECT note FROM elsewhere.v ORDER BY 1 LIMIT 1 | card [pan], staff [staff-number]
          SELECT string_agg(short, ';' ORDER BY id) FROM support.tickets | [ssn];plain
          WITH a AS (SELECT short s FROM support.tickets) SELECT s FROM a WHERE s ~ '5' | [ssn]
          SELECT concat(short, E' \\x61@b.example') FROM support.tickets WHERE id = 1 | [ssn] [email]
          SELECT json_build_object('s', short)->>'s' FROM support.tickets WHERE id = 1 | [ssn]
          UPDATE support.tickets SET number = number WHERE id = 1 RETURNING short | [ssn]
          """)
  void valueThatComesAnotherWay_isFound(String sql, String first) throws Exception {
    try (TappedClient client = client()) {
      Answer simple = client.query(sql);
      assertThat(simple.error()).isEmpty();
      assertThat(first(simple)).first().isEqualTo(first);
      assertThat(new String(simple.bytes(), UTF_8)).doesNotContain(PAN, SSN);
      assertThat(first(ask(client, sql, Format.TEXT))).first().isEqualTo(first);
    }
  }

  @Test
  void whatStandsBehindAName_isSearched_andSoIsEachPortion() throws Exception {
    try (TappedClient client = client()) {
      client.query("PREPARE p AS SELECT short FROM support.tickets ORDER BY id");
      assertThat(first(client.query("EXECUTE p"))).containsExactly("[ssn]");
      client.query("BEGIN");
      client.query("DECLARE c CURSOR FOR SELECT short FROM support.tickets ORDER BY id");
      assertThat(first(client.query("FETCH 1 FROM c"))).containsExactly("[ssn]");
      client.query("COMMIT");
      Answer portions =
          client
              .parse("", "SELECT short FROM support.tickets ORDER BY id DESC")
              .bind("", "", List.of(), Format.TEXT)
              .execute("", 1)
              .execute("", 1)
              .sync();
      assertThat(portions.rows()).containsExactly(List.of("plain"), List.of("[ssn]"));
    }
  }

  @Test
  void statementsOfOneMessage_areAllSearchedForWhatAnyOfThemIs() throws Exception {
    try (TappedClient client = client()) {
      Answer both =
          client.query(
              "SELECT note FROM elsewhere.t; SELECT short FROM support.tickets WHERE id = 1");
      assertThat(both.rows()).containsExactly(List.of("[pan]"), List.of("[ssn]"));
    }
  }

  @Test
  void commandThatNoRuleSearches_isNot() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace();
        TappedClient client = client()) {
      assertThat(first(client.query("SELECT note FROM elsewhere.t"))).containsExactly(PAN);
      client.query("SELECT short FROM support.tickets WHERE id = 1");
      assertThat(findings(log, 1)).hasSize(1);
    }
  }

  @Test
  void alert_passesTheValue_andIsToldOnceForACommand_withCounts_andCounted() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace();
        TappedClient client = client()) {
      Answer answer = ask(client, "SELECT line AS \"10.9.9.9\" FROM support.logs", Format.TEXT);
      assertThat(answer.rows()).hasSize(1000).allMatch(row -> row.getFirst().contains("10.1.2.3"));
      assertThat(findings(log, 1))
          .singleElement()
          .asString()
          .contains(
              "level=WARN",
              "caller=ann",
              "target=corp",
              "rule=watched",
              "detector=addresses",
              "column=1 origin=support.logs.line kind=ipv4 action=alert count=1000")
          .containsPattern("version=[0-9a-f]{12} ");
      assertThat(metrics())
          .contains("gatehouse_findings_total{action=\"alert\",kind=\"ipv4\"} 1000.0");
    }
  }

  @Test
  void nothingThatIsLogged_hasAValueThatWasFound() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace();
        TappedClient client = client()) {
      client.query("SELECT note, short, line AS \"4111111111111111\" FROM support.tickets");
      client.query("SELECT line FROM support.logs LIMIT 5");
      assertThat(findings(log, 6))
          .hasSize(6)
          .anyMatch(line -> line.contains("kind=staff-number action=mask count=1"))
          .anyMatch(line -> line.contains("kind=pan action=mask count=1"));
      assertThat(log.lines())
          .noneMatch(
              line ->
                  Stream.of(PAN, SSN, "E123456", "a@b.example", "10.1.2.3", "4111111111111111")
                      .anyMatch(line::contains));
      assertThat(metrics())
          .contains("gatehouse_findings_total{action=\"mask\",kind=\"pattern\"} 1.0");
    }
  }

  @Test
  void copy_isRefused_withTheRule_andTheSessionGoesOn() throws Exception {
    try (TappedClient client = client()) {
      for (String copy :
          List.of(
              "COPY support.logs TO STDOUT",
              "COPY (SELECT short FROM support.tickets) TO STDOUT (FORMAT binary)",
              "SELECT 1 FROM support.logs LIMIT 1; COPY elsewhere.t TO STDOUT")) {
        Answer refused = client.query(copy);
        assertThat(refused.error().orElseThrow()).contains("42501", "searches results");
        assertThat(refused.of('d')).isEmpty();
      }
      assertThat(client.query("COPY elsewhere.t TO STDOUT").of('d')).hasSize(1);
    }
  }

  @Test
  void resultThatEndsEarly_isToldAllTheSame() throws Exception {
    try (RecordedLog log = RecordedLog.atTrace();
        TappedClient client = client()) {
      Answer failed =
          client.query("SELECT line, 1 / (500 - substring(line from 21)::int) FROM support.logs");
      assertThat(failed.error().orElseThrow()).contains("22012");
      assertThat(findings(log, 1)).singleElement().asString().contains("kind=ipv4", "count=499");
    }
  }

  /** 200 MB, one row in a hundred with something to find. */
  @Test
  void hugeSearchedResult_passesInConstantMemory(TestReporter reporter) throws Exception {
    String sql =
        "SELECT repeat('x ', 500) || CASE WHEN l.line LIKE '%00' THEN '4111 1111 1111 1111' ELSE ''"
            + " END FROM support.logs l CROSS JOIN generate_series(1, 200)";
    try (RecordedLog log = RecordedLog.atTrace();
        TappedClient client = client()) {
      long before = heap();
      long start = System.nanoTime();
      AtomicLong rows = new AtomicLong();
      AtomicLong most = new AtomicLong();
      client.send('Q', (sql + '\0').getBytes(UTF_8));
      client.each(
          message -> {
            assertThat(message.type()).isNotEqualTo('E');
            if (message.type() == 'D' && rows.incrementAndGet() % 50_000 == 0) {
              most.set(Math.max(most.get(), heap()));
            }
            return message.type() == 'Z';
          });
      reporter.publishEntry(
          "%,d rows in %.1f s; live heap %,d before, %,d at most"
              .formatted(rows.get(), (System.nanoTime() - start) / 1e9, before, most.get()));
      assertThat(rows).hasValue(200_000);
      assertThat(most.get() - before).as("live heap").isLessThan(24 << 20);
      assertThat(findings(log, 1)).singleElement().asString().contains("kind=pan", "count=2000");
    }
  }

  /** What is still reachable. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static List<String> findings(RecordedLog log, int count) {
    await().until(() -> found(log).size() >= count);
    return found(log);
  }

  private static List<String> found(RecordedLog log) {
    return log.lines().stream().filter(line -> line.contains("found in a result")).toList();
  }

  private String metrics() throws Exception {
    URI page =
        URI.create("http://127.0.0.1:" + appliance.managementAddress().getPort() + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}

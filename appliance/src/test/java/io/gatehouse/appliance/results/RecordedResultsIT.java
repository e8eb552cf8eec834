package io.gatehouse.appliance.results;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.masking.Answer;
import io.gatehouse.appliance.masking.BankServer;
import io.gatehouse.appliance.masking.Format;
import io.gatehouse.appliance.masking.GatedBank;
import io.gatehouse.appliance.masking.Received;
import io.gatehouse.appliance.masking.TappedClient;
import io.gatehouse.appliance.masking.Variant;
import io.gatehouse.appliance.results.JournalFiles.Entry;
import io.gatehouse.verifier.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte that a client gets for a command is on record, and nothing else is. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RecordedResultsIT {
  private static final String MASKED =
      """
      masks:
        last: {kind: keep-last, count: 4}
      rules:
        - {name: all, verdict: allow, bodies: unread}
        - {name: last, resources: {columns: [bank.kept.secret]}, verdict: mask, mask: last, strength: output}
      """;

  private static final String ROWS = "SELECT id, secret, repeat('x', 300) AS more FROM bank.kept";
  private static final String OPEN = "SELECT g, md5(g::text) FROM generate_series(1, 30000) g";
  private static final String FAILS = "SELECT 1 / (g - 1) FROM generate_series(1, 1) g";
  private static final String MARKER = "SECRET-";

  private static BankServer server;
  @TempDir private Path folder;
  private JournalFiles journal;
  private GatedBank gate;
  private boolean ended;

  @BeforeAll
  static void serve() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run(
        "bank",
        """
        CREATE TABLE bank.kept (id int, secret text);
        INSERT INTO bank.kept SELECT n, 'SECRET-' || n || '5678' FROM generate_series(1, 500) n;
        CREATE TABLE bank.put (id int, what text);
        GRANT ALL ON bank.kept, bank.put TO analyst
        """);
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    journal = new JournalFiles(folder);
    gate = GatedBank.start(folder, server, List.of("bank"), MASKED, journal.section("os"));
  }

  @AfterEach
  void stop() {
    if (!ended) {
      ended = true;
      gate.close();
    }
  }

  private TappedClient client() throws IOException {
    return TappedClient.connect(gate.login("bank"));
  }

  /** What is on record of one command. */
  private static final class Command {
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Long> parts = new ArrayList<>();
    private boolean whole;
    private String outcome = "";
    private final String verdict;

    Command(Entry intent) {
      verdict = intent.text("verdict");
    }

    void part(Entry part) {
      assertThat(outcome).as("outcome before a part").isEmpty();
      assertThat(whole).as("part behind the last").isFalse();
      assertThat(part.count("part")).isEqualTo(parts.size());
      assertThat(part.bytes("data").length).isLessThanOrEqualTo(64 << 10);
      parts.add(part.sequence());
      (part.flag("from-caller") ? sent : got).writeBytes(part.bytes("data"));
      whole = part.flag("last");
    }
  }

  /** Ends the gate, and reads what ran, in its order. */
  private List<Command> ran() throws Exception {
    stop();
    List<Finding> findings = new ArrayList<>();
    assertThat(journal.verified(findings).exitCode()).as(findings.toString()).isZero();
    Map<Long, Command> commands = new LinkedHashMap<>();
    for (Entry entry : journal.all()) {
      if (entry.kind() == Kind.COMMAND_INTENT && entry.text("stage").equals("execute")) {
        commands.put(entry.sequence(), new Command(entry));
      } else if (entry.kind() == Kind.RESULT) {
        Objects.requireNonNull(commands.get(entry.answers())).part(entry);
      } else if (entry.kind() == Kind.COMMAND_OUTCOME && commands.containsKey(entry.answers())) {
        Objects.requireNonNull(commands.get(entry.answers())).outcome = entry.text("outcome");
      }
    }
    assertThat(withMarkers()).isEmpty();
    for (Command command : commands.values()) {
      assertThat(command.got.toString(ISO_8859_1)).doesNotContain(MARKER);
    }
    return List.copyOf(commands.values());
  }

  private List<Path> withMarkers() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(journal.directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String all = Files.readString(file, ISO_8859_1);
        if (all.contains(MARKER) || all.contains("****") || all.contains("SELECT")) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** What comes before ReadyForQuery. */
  private static byte[] before(Answer answer) {
    byte[] all = answer.bytes();
    return Arrays.copyOf(all, all.length - 6);
  }

  /** Messages of these kinds. */
  private static byte[] only(Answer answer, String types) {
    return new Answer(
            answer.messages().stream().filter(one -> types.indexOf(one.type()) >= 0).toList())
        .bytes();
  }

  private static void same(Command command, byte[] got) {
    assertThat(command.got.toByteArray()).isEqualTo(got);
    assertThat(command.whole).isEqualTo(got.length > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "",
        ROWS,
        OPEN,
        "SELECT 1; " + ROWS + "; SELECT 2",
        "SELECT repeat('y', 3000000) AS long, 7",
        "SELECT g FROM generate_series(1, 3000) g; SELECT nothing",
        "SELECT 100 / (20000 - g) FROM generate_series(1, 30000) g",
        "SELECT id, secret, 100 / (400 - id) FROM bank.kept",
        "DO $$ BEGIN RAISE NOTICE 'told'; END $$",
        "SET application_name = 'named'",
        "COPY bank.kept TO STDOUT",
        "COPY (SELECT id FROM bank.kept) TO STDOUT",
        "COPY bank.kept TO STDOUT (FORMAT csv)",
        "COPY bank.kept TO STDOUT (FORMAT binary)"
      })
  void simpleQuery_isOnRecordAsTheClientGotIt(String sql) throws Exception {
    byte[] got;
    try (TappedClient client = client()) {
      got = before(client.query(sql));
      client.query("SELECT 'next'");
    }
    List<Command> ran = ran();
    same(ran.getFirst(), got);
    assertThat(ran).hasSize(2);
    assertThat(ran.getFirst().outcome).isIn("succeeded", "failed");
  }

  @ParameterizedTest
  @EnumSource
  void extendedQuery_isOnRecordAsTheClientGotIt(Format format) throws Exception {
    List<byte[]> got = new ArrayList<>();
    try (TappedClient client = client()) {
      for (String sql : List.of(ROWS, OPEN, "SELECT 1", "INSERT INTO bank.put VALUES (1, 'a')")) {
        got.add(only(client.extended(sql, List.of(), format), "DCEN"));
      }
      got.add(only(client.extended("", List.of(), format), "I"));
      got.add(
          only(
              client.extended("SELECT 1 / (7 - g) FROM generate_series(1, 9) g", List.of(), format),
              "DCEN"));
      got.add(only(client.extended("COPY bank.kept TO STDOUT", List.of(), format), "HdcC"));
    }
    List<Command> ran = ran();
    assertThat(ran).hasSameSizeAs(got);
    for (int i = 0; i < got.size(); i++) {
      same(ran.get(i), got.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ROWS, OPEN})
  void portalInPortions_eachIsOnRecordByItself(String sql) throws Exception {
    List<byte[]> got = new ArrayList<>();
    try (TappedClient client = client()) {
      client.query("BEGIN");
      client.parse("", sql).bind("p", "", List.of(), Format.TEXT).describePortal("p");
      for (int i = 0; i < 3; i++) {
        got.add(only(client.execute("p", 150).flush(one -> one.type() == 's'), "Ds"));
      }
      got.add(only(client.execute("p", 0).flush(one -> one.type() == 'C'), "DC"));
      client.sync();
      client.query("COMMIT");
    }
    List<Command> ran = ran();
    for (int i = 0; i < got.size(); i++) {
      same(ran.get(i + 1), got.get(i));
    }
    assertThat(ran.get(1).outcome).isEqualTo("suspended");
    assertThat(ran.get(4).outcome).isEqualTo("succeeded");
  }

  @Test
  void pipeline_eachCommandHasItsOwn() throws Exception {
    Answer answer;
    try (TappedClient client = client()) {
      for (String sql : List.of("SELECT 1", OPEN, ROWS, "SELECT 2", FAILS, "SELECT 3")) {
        client.parse("", sql).bind("", "", List.of(), Format.TEXT).execute("", 0);
      }
      answer = client.sync();
      client.query("SELECT 4");
    }
    List<byte[]> got = new ArrayList<>();
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    for (Received message : answer.messages()) {
      if ("DCE".indexOf(message.type()) >= 0) {
        one.writeBytes(new Answer(List.of(message)).bytes());
      }
      if ("CE".indexOf(message.type()) >= 0) {
        got.add(one.toByteArray());
        one.reset();
      }
    }
    List<Command> ran = ran();
    assertThat(got).hasSize(5);
    for (int i = 0; i < got.size(); i++) {
      same(ran.get(i), got.get(i));
    }
    assertThat(ran.get(4).outcome).isEqualTo("failed");
    assertThat(ran.getLast().got.toString(UTF_8)).contains("SELECT 1");
  }

  @Test
  void copyIn_hasWhatTheCallerSent() throws Exception {
    byte[] data = "1\tone\n2\ttwo\n".repeat(20_000).getBytes(UTF_8);
    byte[] simple;
    byte[] extended;
    try (TappedClient client = client()) {
      simple = before(client.query("COPY bank.put FROM STDIN", data));
      client.parse("", "COPY bank.put FROM STDIN").bind("", "", List.of(), Format.TEXT);
      extended = only(client.execute("", 0).sync(data), "GC");
    }
    ByteBuffer frames = ByteBuffer.allocate(data.length + 10);
    frames.put((byte) 'd').putInt(data.length + 4).put(data).put((byte) 'c').putInt(4);
    List<Command> ran = ran();
    same(ran.get(0), simple);
    same(ran.get(1), extended);
    assertThat(ran.get(0).sent.toByteArray()).isEqualTo(frames.array());
    assertThat(ran.get(1).sent.toByteArray()).isEqualTo(frames.array());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, secret AS shown, NULL::text FROM bank.kept",
        "COPY (SELECT id, secret AS shown FROM bank.kept) TO STDOUT",
        "SELECT id, secret AS shown FROM bank.kept; SELECT 1"
      })
  void whatWasMasked_isCountedInTheOutcome(String sql) throws Exception {
    try (TappedClient client = client()) {
      assertThat(client.query(sql).error()).isEmpty();
    }
    stop();
    List<Entry> outcomes =
        journal.all().stream().filter(one -> one.kind() == Kind.COMMAND_OUTCOME).toList();
    assertThat(outcomes).hasSize(1);
    assertThat(String.valueOf(outcomes.getFirst().fields().get("masks")))
        .startsWith(
            "Row[values=[Row[values=[Count[value=2], Text[value=shown], Text[value=keep-last")
        .endsWith("Count[value=500]]]]]");
  }

  @Test
  void refusedCommand_hasNoResult() throws Exception {
    try (TappedClient client = client()) {
      assertThat(client.query("SELECT upper(secret) FROM bank.kept WHERE nonsense(").error())
          .isPresent();
      client.query("SELECT 1");
    }
    List<Command> ran = ran();
    assertThat(ran.getFirst().verdict).isEqualTo("deny");
    same(ran.getFirst(), new byte[0]);
    assertThat(ran.getFirst().outcome).isEqualTo("refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {OPEN, "SELECT k.id, k.secret, repeat('x', 300) FROM bank.kept k, bank.kept l"})
  void clientThatGoesAway_hasWhatWasSent(String sql) throws Exception {
    byte[] got;
    try (TappedClient client = client()) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      client.send('Q', (sql + "\0").getBytes(UTF_8));
      client.each(
          message -> {
            all.writeBytes(new Answer(List.of(message)).bytes());
            return all.size() > 100_000;
          });
      got = all.toByteArray();
    }
    List<Command> ran = ran();
    byte[] recorded = ran.getFirst().got.toByteArray();
    assertThat(recorded.length).isGreaterThanOrEqualTo(got.length);
    assertThat(Arrays.copyOf(recorded, got.length)).isEqualTo(got);
    assertThat(ran.getFirst().outcome).isIn("unknown", "withdrawn", "succeeded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT g, repeat('z', 500) FROM generate_series(1, 3000000) g",
        "SELECT k.id, k.secret, repeat('x', 300) FROM bank.kept k, bank.kept l, bank.kept m",
        "COPY (SELECT g, repeat('z', 500) FROM generate_series(1, 3000000) g) TO STDOUT"
      })
  void journalThatStops_endsTheResult_andWhatWasSentIsOnRecord(String sql) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Received[] last = new Received[1];
    try (TappedClient client = client()) {
      client.send('Q', (sql + "\0").getBytes(UTF_8));
      client.each(
          message -> {
            all.writeBytes(new Answer(List.of(message)).bytes());
            return all.size() > 3_000_000;
          });
      gate.journal().stop("test");
      try {
        client.each(
            message -> {
              last[0] = message;
              if (message.type() != 'E') {
                all.writeBytes(new Answer(List.of(message)).bytes());
              }
              return false;
            });
      } catch (IOException end) {
        assertThat(last[0]).isNotNull();
      }
    }
    List<Command> ran = ran();
    byte[] recorded = ran.getFirst().got.toByteArray();
    byte[] got = all.toByteArray();
    assertThat(got.length).isLessThanOrEqualTo(recorded.length);
    assertThat(Arrays.copyOf(recorded, got.length)).isEqualTo(got);
    assertThat(ran.getFirst().outcome).isEqualTo("unknown");
    if (last[0].type() == 'E') {
      assertThat(last[0].field('M').orElse("")).contains("the journal cannot be written");
    }
  }
}

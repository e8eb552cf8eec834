package io.gatehouse.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.cli.JournalFolder.Printed;
import io.gatehouse.appliance.journal.note.NoteKeeper;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import io.gatehouse.spi.Binds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The commands in this process, on a real journal. */
class JournalCommandTest {
  private static final Pattern SESSION =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final Pattern CELL = Pattern.compile("\\G\"((?:[^\"]|\"\")*)\"(?:,|$)");

  /** What an attacker writes for the one who reads it: a title, a cursor, a line of ours. */
  private static final String HOSTILE =
      "SELECT '\u001b]0;owned\u0007\u009b2J\u202eerika'\n2026-11-21T00:00:00Z  record 1  allow";

  @TempDir private Path folder;
  private JournalFolder journal;

  @BeforeEach
  void record() throws Exception {
    journal = JournalFolder.in(folder);
    try (RecordedJournal gate = RecordedJournal.in(folder)) {
      try (RecordedJournal.Speaker alice = gate.speaker("alice", "core")) {
        alice.runs(HOSTILE, "core.accounts", result(), Binds.NONE);
      }
      try (RecordedJournal.Speaker bob = gate.speaker("=cmd|' /C calc'!A0", "hr")) {
        bob.runs("SELECT 2", "hr.people");
      }
    }
  }

  /** Two columns, a row, its end; cut in the middle. */
  private static List<ByteBuf> result() {
    ByteBuf wire = Unpooled.buffer();
    message(wire, 'T', column(column(Unpooled.buffer().writeShort(2), "owner", 25), "balance", 23));
    ByteBuf row = Unpooled.buffer().writeShort(2);
    value(row, "Er\u001b[31mika");
    value(row, "4711");
    message(wire, 'D', row);
    message(wire, 'C', Unpooled.copiedBuffer("SELECT 1\0", StandardCharsets.UTF_8));
    byte[] all = ByteBufUtil.getBytes(wire);
    return List.of(
        Unpooled.wrappedBuffer(all, 0, 37), Unpooled.wrappedBuffer(all, 37, all.length - 37));
  }

  private static ByteBuf column(ByteBuf out, String name, int type) {
    out.writeCharSequence(name + "\0", StandardCharsets.UTF_8);
    return out.writeInt(0).writeShort(0).writeInt(type).writeShort(-1).writeInt(-1).writeShort(0);
  }

  private static void value(ByteBuf out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length).writeBytes(bytes);
  }

  private static void message(ByteBuf out, char type, ByteBuf body) {
    out.writeByte(type).writeInt(4 + body.readableBytes()).writeBytes(body);
  }

  private Printed read(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("journal", command, "--config", journal.config()));
    all.addAll(List.of(arguments));
    Printed printed = JournalFolder.run(all.toArray(String[]::new));
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(printed.out().replace("\n", "").replace("\r", "").chars())
        .as("what a terminal would act upon")
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    return printed;
  }

  private static String session(Printed printed) {
    Matcher found = SESSION.matcher(printed.out());
    assertThat(found.find()).as(printed.out()).isTrue();
    return found.group();
  }

  private List<Path> notes() throws IOException {
    Path directory = folder.resolve("journal/readings");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void sessions_areListed_andFiltered() {
    assertThat(read("sessions").out().lines()).hasSize(2);
    assertThat(read("sessions", "--caller", "Alice").out())
        .contains("alice", "core", "client-terminated, 1 commands");
    assertThat(read("sessions", "--caller", "carol").out()).isEmpty();
    assertThat(read("sessions", "--until", "2020-01-01").out()).isEmpty();
    assertThat(read("sessions", "--from", "2020-01-01").out().lines()).hasSize(2);
  }

  @Test
  void search_findsByTable_withoutValues() {
    Printed found = read("search", "--table", "accounts");
    assertThat(found.out().lines()).hasSize(1);
    assertThat(found.out()).contains("alice", "core", "allow by staff-reads", "SELECT ?");
    assertThat(found.out()).doesNotContain("owned", "erika");
    assertThat(read("search", "--table", "hr.people", "--caller", "alice").out()).isEmpty();
    assertThat(read("search", "--limit", "1").err()).contains("there is more");
  }

  @Test
  void show_printsTheSession_valuesOnlyForThoseWhoAsk() {
    String session = session(read("sessions", "--caller", "alice"));

    String plain = read("show", session).out();
    assertThat(plain)
        .contains("subject alice", "| SELECT ?", "read table core.accounts", "closed: ")
        .contains("owner           | balance", "Er\\u{1b}[31mika | 4711", "SELECT 1")
        .doesNotContain("owned");

    String whole = read("show", session, "--values").out();
    assertThat(whole).contains("  | SELECT '\\u{1b}]0;owned\\u{7}\\u{9b}2J\\u{202e}erika'");
    assertThat(whole.lines().filter(line -> line.startsWith("2026-11-21T00:00:00Z"))).isEmpty();

    assertThat(read("replay", session, "--speed", "1000", "--max-pause", "0").out())
        .isEqualTo(plain);
  }

  @Test
  void restOfTheConfiguration_isNotNeeded() throws IOException {
    Files.delete(folder.resolve("server.key"));
    Files.delete(folder.resolve("users.yaml"));
    assertThat(read("sessions").out().lines()).hasSize(2);
    Files.writeString(folder.resolve("gatehouse.yaml"), "users: users.yaml\n");
    Printed printed = JournalFolder.run("journal", "sessions", "--config", journal.config());
    assertThat(printed.code()).isEqualTo(3);
    assertThat(printed.err()).contains("journal: is missing");
  }

  @Test
  void sessionThatIsNotThere_isSaid() {
    Printed printed =
        JournalFolder.run(
            "journal",
            "show",
            "--config",
            journal.config(),
            "00000000-0000-0000-0000-000000000001");
    assertThat(printed.code()).isEqualTo(1);
    assertThat(printed.err()).contains("no session 00000000");
  }

  @Test
  void jsonl_parsesBack() {
    Load parser = new Load(LoadSettings.builder().build());
    List<String> lines = read("export", "--format", "jsonl", "--values").out().lines().toList();
    assertThat(lines).hasSize(2 + 6 + 4 + 1);
    // JSON is YAML; this parser is not ours
    assertThat(lines).allSatisfy(line -> assertThat(parser.loadFromString(line)).isNotNull());
    assertThat(lines.get(3)).contains("\"kind\":\"command-intent\"", "\"rule\":\"staff-reads\"");

    String withoutValues = read("export", "--format", "jsonl", "--table", "accounts").out();
    assertThat(withoutValues.lines()).hasSize(4);
    assertThat(withoutValues).doesNotContain("owned").contains("\"text-bytes\":");
    assertThat(read("export", "--format", "jsonl", "--caller", "alice").out().lines()).hasSize(6);
  }

  @Test
  void longCommand_isReadWhole() throws Exception {
    String sql = "INSERT INTO archive.blobs VALUES ('" + "x".repeat(3 << 20) + "the very end')";
    try (RecordedJournal gate = RecordedJournal.in(folder);
        RecordedJournal.Speaker carol = gate.speaker("carol", "core")) {
      carol.runs("SELECT 3", "archive.small");
      carol.runs(sql, "archive.blobs");
    }
    String session = session(read("sessions", "--caller", "carol"));
    assertThat(read("show", session).out()).doesNotContain("cannot be read", "the very end");
    assertThat(read("show", session, "--values").out()).contains(sql);

    for (String[] filter :
        List.of(new String[] {"--caller", "carol"}, new String[] {"--table", "blobs"})) {
      String plain = read("export", "--format", "jsonl", filter[0], filter[1]).out();
      assertThat(plain).contains("\"text-bytes\":" + sql.length(), "\"parts\":4");
      assertThat(plain).doesNotContain("cannot be read");
      assertThat(plain.length()).isLessThan(10_000);
      String whole = read("export", "--format", "jsonl", filter[0], filter[1], "--values").out();
      String text = Base64.getEncoder().encodeToString(sql.getBytes(StandardCharsets.UTF_8));
      assertThat(whole).contains("\"text\":\"" + text + "\"");
    }
  }

  @Test
  void csv_parsesBack_andHoldsNoFormula() {
    List<List<String>> rows = parse(read("export", "--format", "csv", "--values").out());
    assertThat(rows).hasSize(1 + 2 + 6 + 4 + 1);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.getFirst()));
    assertThat(rows.stream().flatMap(List::stream))
        .noneMatch(cell -> cell.matches("[=+@-].*"))
        .contains("'=cmd|' /C calc'!A0");
  }

  /** RFC 4180, the strict way. */
  private static List<List<String>> parse(String csv) {
    List<List<String>> rows = new ArrayList<>();
    assertThat(csv).endsWith("\r\n");
    for (String line : csv.substring(0, csv.length() - 2).split("\r\n", -1)) {
      List<String> cells = new ArrayList<>();
      Matcher cell = CELL.matcher(line);
      int end = 0;
      while (cell.find()) {
        cells.add(cell.group(1).replace("\"\"", "\""));
        end = cell.end();
      }
      assertThat(end).as(line).isEqualTo(line.length());
      rows.add(cells);
    }
    return rows;
  }

  @Test
  void everyReading_leavesNotes_whichTheGatePutsOnRecord() throws IOException {
    read("search", "--table", "hr.people");
    assertThat(notes()).hasSize(2);
    try (RecordedJournal gate = RecordedJournal.in(folder);
        NoteKeeper keeper =
            NoteKeeper.start(
                folder.resolve("journal"),
                RecordedJournal.keys().notes(),
                gate.journal()::record,
                Duration.ofMillis(10))) {
      await().until(() -> notes().isEmpty());
      assertThat(keeper).isNotNull();
    }
    String readings = read("export", "--format", "jsonl").out();
    assertThat(readings.lines().filter(line -> line.contains("\"kind\":\"reading\"")))
        .hasSize(2)
        .allMatch(line -> line.contains("\"action\":\"search\""))
        .allMatch(line -> line.contains("--table hr.people"))
        .anyMatch(line -> line.contains("\"records\":1,\"result\":\"done\""));
  }

  @Test
  void noteThatCannotBeLeft_showsNothing() throws IOException {
    Files.writeString(folder.resolve("journal/readings"), "in the way");
    for (String command : List.of("sessions", "search")) {
      Printed printed = JournalFolder.run("journal", command, "--config", journal.config());
      assertThat(printed.code()).isEqualTo(1);
      assertThat(printed.out()).isEmpty();
      assertThat(printed.err()).contains("nothing is shown");
    }
  }

  @Test
  void verify_hasTheVerifiersCodes_andLeavesNoNote() throws IOException {
    String key = folder.resolve("verifier.key").toString();
    String directory = folder.resolve("journal").toString();
    Printed good = JournalFolder.run("journal", "verify", directory, "--key", key);
    assertThat(good.code()).as(good.out()).isZero();
    assertThat(good.out()).contains("VERIFIED");
    assertThat(notes()).isEmpty();

    try (Stream<Path> files = Files.list(folder.resolve("journal/segments"))) {
      Path rows = files.filter(file -> file.toString().endsWith(".rows")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(rows);
      bytes[200] ^= 1;
      Files.write(rows, bytes);
    }
    assertThat(JournalFolder.run("journal", "verify", directory, "--key", key).code())
        .isEqualTo(11);
    assertThat(JournalFolder.run("journal", "verify", directory).code()).isEqualTo(2);
  }

  @Test
  void keygen_makesWhatAJournalNeeds_once() throws Exception {
    for (String algorithm : List.of("ed25519", "P256")) {
      Path keys = folder.resolve(algorithm);
      String[] arguments = {
        "journal",
        "keygen",
        keys.toString(),
        "--name",
        "gate.example/node1",
        "--algorithm",
        algorithm
      };
      Printed made = JournalFolder.run(arguments);
      assertThat(made.code()).as(made.err()).isZero();
      try (Stream<Path> files = Files.list(keys)) {
        List<Path> all = files.toList();
        assertThat(all).hasSize(3);
        for (Path file : all) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .isEqualTo("rw-------");
        }
      }
      Path config = folder.resolve("gatehouse.yaml");
      String yaml = Files.readString(config);
      Files.writeString(config, yaml.substring(0, yaml.indexOf("journal:")) + made.out());
      Printed checked = JournalFolder.run("config", "check", config.toString());
      assertThat(checked.code()).as(checked.err()).isZero();
      Files.writeString(config, yaml);

      byte[] before = Files.readAllBytes(keys.resolve("journal-signing.pem"));
      assertThat(JournalFolder.run(arguments).code()).isEqualTo(1);
      assertThat(Files.readAllBytes(keys.resolve("journal-signing.pem"))).isEqualTo(before);
    }
  }
}

package io.gatehouse.appliance.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on a disk that refuses: nothing runs unrecorded, and it goes on by itself. */
class NoSpaceIT {
  private static final int VALUE_BYTES = 200_000;
  private static final int MOST = 5_000;
  private static final String INSERT = "INSERT INTO public.kept VALUES (?, ?)";

  @TempDir private Path folder;
  private RealDatabase server;

  @BeforeEach
  void serve() throws Exception {
    server = RealDatabase.start("bank");
    server.run("CREATE ROLE gate LOGIN; CREATE TABLE kept (id int, filling bytea)");
    server.run("GRANT ALL ON kept TO gate");
  }

  @AfterEach
  void end() throws Exception {
    server.close();
  }

  private interface Space {
    void change(ServedGate gate) throws Exception;
  }

  @Test
  void filesThatMayNotGrow_stopCommands_untilTheyMay() throws Exception {
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    fillAndGoOn(
        journal, List.of(), gate -> limit(gate, "1048576"), gate -> limit(gate, "unlimited"));
  }

  /** Of every file that the process writes; it gets an error and no signal. */
  private static void limit(ServedGate gate, String bytes) throws Exception {
    assertThat(run("prlimit", "--pid=" + gate.process().pid(), "--fsize=" + bytes + ":unlimited"))
        .isZero();
  }

  @Test
  void fullDisk_stopsCommands_untilThereIsSpace() throws Exception {
    JournalFolder journal = JournalFolder.make(folder.resolve("kept"));
    Files.createDirectories(journal.journal());
    Process holder = smallDisk(journal.journal());
    try {
      assertThat(holder.inputReader().readLine()).as("unshare -rm, mount").isEqualTo("mounted");
      String inside = "/proc/" + holder.pid() + "/root" + journal.journal();
      Path filling = Path.of(inside, "filling");
      fillAndGoOn(
          journal.seenAt(Path.of(inside)),
          List.of("nsenter", "-t", "" + holder.pid(), "-U", "-m", "--preserve-credentials"),
          gate -> fill(filling),
          gate -> Files.delete(filling));
    } finally {
      holder.destroyForcibly();
    }
  }

  /** As long as the process lives. */
  private static Process smallDisk(Path place) throws IOException {
    String mount = "mount -t tmpfs -o size=120m small '" + place + "' && echo mounted && read end";
    return new ProcessBuilder("unshare", "-rm", "sh", "-c", mount).start();
  }

  private static void fill(Path file) {
    byte[] much = new byte[1 << 20];
    try (OutputStream filling = Files.newOutputStream(file)) {
      for (int i = 0; i < MOST; i++) {
        filling.write(much);
      }
    } catch (IOException full) {
      return;
    }
    throw new AssertionError("the disk does not get full");
  }

  /**
   * @param journal as it is seen from here
   */
  private void fillAndGoOn(JournalFolder journal, List<String> before, Space full, Space cure)
      throws Exception {
    ServedGate.Ports ports =
        ServedGate.configure(
            folder,
            server.port(),
            journal.seenAt(folder.resolve("kept/journal")),
            "sync: interval");
    try (ServedGate gate = ServedGate.start(folder, ports, before)) {
      int executed;
      try (Connection connection = gate.connect();
          PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert(insert, 0);
        full.change(gate);
        executed = fill(insert);
        assertThat(gate.readiness()).isEqualTo("the journal cannot be written: no-space");
        assertThat(server.ask("SELECT count(*) FROM kept")).isEqualTo(Integer.toString(executed));
        assertThatThrownBy(gate::connect).hasMessageContaining("the journal cannot be written");
        cure.change(gate);
        await().atMost(Duration.ofSeconds(60)).until(() -> gate.readiness().equals("ready"));
        insert(insert, executed);
      }
      assertThat(gate.stop()).as(gate::output).isZero();
      check(journal, executed + 1);
    }
  }

  private static void insert(PreparedStatement insert, int number) throws SQLException {
    insert.setInt(1, number);
    insert.setBytes(2, new byte[VALUE_BYTES]);
    insert.executeUpdate();
  }

  /** How many ran. */
  private static int fill(PreparedStatement insert) {
    for (int number = 1; number < MOST; number++) {
      try {
        insert(insert, number);
      } catch (SQLException refused) {
        assertThat(refused.getMessage()).contains("the journal cannot be written");
        return number;
      }
    }
    throw new AssertionError("the disk does not get full");
  }

  private void check(JournalFolder journal, int executed) throws Exception {
    JournalFolder.Audit audit = journal.audit();
    assertThat(audit.findings()).isEmpty();
    assertThat(inserted(journal)).containsAll(IntStream.range(0, executed).boxed().toList());
    JournalFolder.Entry gap =
        journal.entries().stream()
            .filter(entry -> entry.kind() == Kind.GAP)
            .findFirst()
            .orElseThrow();
    assertThat(gap.text("reason")).isEqualTo("no-space");
    assertThat(gap.field("refused")).isNotEqualTo(new Datum.Count(0));
  }

  private static Set<Integer> inserted(JournalFolder journal) throws Exception {
    return journal.entries().stream()
        .filter(entry -> entry.kind() == Kind.COMMAND_INTENT)
        .filter(entry -> entry.text("stage").equals("execute"))
        .filter(entry -> entry.values().size() == 2)
        .filter(entry -> entry.text("verdict").equals("allow"))
        .map(entry -> new BigInteger(entry.values().getFirst()).intValue())
        .collect(Collectors.toSet());
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}

package io.gatehouse.appliance.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A client in a process of its own, there to be killed. */
record Victim(Process process, BufferedReader output, long first) implements AutoCloseable {
  private static final String READY = "ready";

  /** What it is busy with when it dies. */
  enum Task {
    /** Commits rows one by one, and tells each. */
    INSERT,
    /** Writes rows that it never commits. */
    COPY_IN,
    /** Asks for a result without an end and stops reading it. */
    STALL,
    /** Waits for an answer. */
    WAIT
  }

  static final int ROWS = 1_000_000;

  static Victim start(Task task, int port, Path authority, Ledger ledger) throws IOException {
    long first = ledger.reserve(ROWS);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                task.name(),
                Integer.toString(port),
                authority.toString(),
                Long.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Victim(process, process.inputReader(StandardCharsets.UTF_8), first);
  }

  /** Busy with its task; false if the process ended before. */
  boolean busy() throws IOException {
    return READY.equals(output.readLine());
  }

  /** Then what it was told to be committed is in the ledger. */
  void kill(Ledger ledger) throws IOException, InterruptedException {
    // Not by the Process, which would close the pipe with what is still in it.
    process.toHandle().destroyForcibly();
    process.waitFor();
    StringBuilder told = new StringBuilder();
    for (int next = output.read(); next >= 0; next = output.read()) {
      told.append((char) next);
    }
    // The last line may be cut.
    String[] lines = told.toString().split("\n", -1);
    for (int i = 0; i < lines.length - 1; i++) {
      ledger.committed(Long.parseLong(lines[i]), 1);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What runs in the process. */
  public static void main(String[] arguments) throws Exception {
    Task task = Task.valueOf(arguments[0]);
    long first = Long.parseLong(arguments[3]);
    PrintStream told = System.out;
    try (Connection database =
        Workload.connect(Integer.parseInt(arguments[1]), Path.of(arguments[2]))) {
      database.setNetworkTimeout(Runnable::run, 0);
      switch (task) {
        case INSERT -> insert(database, first, told);
        case COPY_IN -> copyIn(database, first, told);
        case STALL -> stall(database, told);
        case WAIT -> {
          tell(told, READY);
          database.createStatement().execute("select pg_sleep(5)");
        }
      }
    }
  }

  private static void tell(PrintStream told, String line) {
    told.print(line + "\n");
    told.flush();
  }

  private static void insert(Connection database, long first, PrintStream told)
      throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement("insert into ledger values (?, ?)")) {
      tell(told, READY);
      for (long id = first; id < first + ROWS; id++) {
        statement.setLong(1, id);
        statement.setString(2, Workload.payload(id));
        statement.executeUpdate();
        tell(told, Long.toString(id));
      }
    }
  }

  private static void copyIn(Connection database, long first, PrintStream told)
      throws SQLException {
    CopyManager copying = database.unwrap(PGConnection.class).getCopyAPI();
    var copy = copying.copyIn("copy ledger from stdin");
    tell(told, READY);
    for (long id = first; id < first + ROWS; id++) {
      byte[] line = (id + "\t" + Workload.payload(id) + "\n").getBytes(StandardCharsets.US_ASCII);
      copy.writeToCopy(line, 0, line.length);
    }
    database.createStatement().execute("select pg_sleep(5)");
  }

  private static void stall(Connection database, PrintStream told)
      throws SQLException, IOException {
    CopyManager copying = database.unwrap(PGConnection.class).getCopyAPI();
    try (OutputStream stalling = new Stalling(System.in, told)) {
      copying.copyOut("copy (select generate_series(1, 1000000000)) to stdout", stalling);
    }
  }

  /** Takes a little and then nothing more. */
  private static final class Stalling extends OutputStream {
    private static final int TAKEN = 100_000;

    private final InputStream never;
    private final PrintStream told;
    private int taken;

    Stalling(InputStream never, PrintStream told) {
      this.never = never;
      this.told = told;
    }

    @Override
    public void write(int one) throws IOException {
      if (++taken == TAKEN) {
        tell(told, READY);
        if (never.read() >= 0) {
          throw new IOException("nobody says anything here");
        }
      }
    }
  }
}

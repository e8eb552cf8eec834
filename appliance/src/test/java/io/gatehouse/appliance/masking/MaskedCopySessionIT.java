package io.gatehouse.appliance.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a session in which the gate has COPY described before it runs. */
class MaskedCopySessionIT {
  private static final String POLICY =
      """
      masks:
        last: {kind: keep-last, count: 4}
        year: {kind: generalize, to: year}
      rules:
        - {name: all, verdict: allow, bodies: unread}
        - {name: last, resources: {columns: [bank.kept.secret]}, verdict: mask, mask: last, strength: output}
        - {name: none, resources: {columns: [bank.kept.wrong]}, verdict: mask, mask: year, strength: output}
      """;

  private static final String COPY =
      "COPY (SELECT id, secret FROM bank.kept) TO STDOUT (DELIMITER '|')";
  private static final String MASKED = "1|****5678\n";

  /** No such operator: only the server knows. */
  private static final String FAILS = "COPY (SELECT secret, id || id FROM bank.kept) TO STDOUT";

  @TempDir private static Path folder;
  private static BankServer server;
  private static GatedBank gate;

  @BeforeAll
  static void start() throws Exception {
    server = BankServer.start().with("bank", 1, Variant.MARKED);
    server.run(
        "bank",
        """
        CREATE TABLE bank.kept (id int, secret text, wrong text);
        INSERT INTO bank.kept VALUES (1, 'SECRET-12345678', 'SECRET-12345678');
        CREATE FUNCTION bank.recodes() RETURNS int LANGUAGE plpgsql AS $$
          BEGIN PERFORM set_config('client_encoding', 'SJIS', false); RETURN 1; END $$;
        GRANT ALL ON bank.kept TO analyst
        """);
    gate = GatedBank.start(folder, server, List.of("bank"), POLICY);
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    server.close();
  }

  private static TappedClient client() throws Exception {
    return TappedClient.connect(gate.login("bank"));
  }

  private static String data(Answer answer) {
    assertThat(answer.error()).isEmpty();
    return answer
        .of('d')
        .map(message -> new String(message.body(), UTF_8))
        .collect(Collectors.joining());
  }

  private static String types(Answer answer) {
    return answer.messages().stream()
        .map(message -> "" + message.type())
        .collect(Collectors.joining());
  }

  @Test
  void maskThatIsNotDefined_isRefusedBeforeAnythingRuns() throws Exception {
    try (TappedClient client = client()) {
      for (String sql :
          List.of(
              "COPY bank.kept TO STDOUT",
              "COPY (SELECT wrong FROM bank.kept) TO STDOUT BINARY",
              "COPY (UPDATE bank.kept SET id = 2 RETURNING wrong) TO STDOUT")) {
        Answer answer = client.query(sql);
        assertThat(answer.error().orElse(""))
            .startsWith("42501")
            .contains("\"year\" is not defined");
        assertThat(types(answer)).isEqualTo("EZ");
        assertThat(types(client.extended(sql, List.of(), Format.TEXT))).isEqualTo("12nEZ");
      }
      assertThat(data(client.query(COPY))).isEqualTo(MASKED);
    }
  }

  @Test
  void queryThatTheServerDoesNotTake_failsWithItsCode_andTheSessionGoesOn() throws Exception {
    try (TappedClient client = client()) {
      Answer alone = client.query(FAILS);
      assertThat(types(alone)).isEqualTo("EZ");
      assertThat(alone.error().orElse("")).startsWith("42883");
      assertThat(data(client.query(COPY))).isEqualTo(MASKED);

      client.query("BEGIN");
      Answer inBlock = client.query(FAILS);
      assertThat(types(inBlock)).isEqualTo("EZ");
      assertThat(inBlock.error().orElse("")).startsWith("42883");
      assertThat(inBlock.messages().getLast().body()).isEqualTo(new byte[] {'E'});
      assertThat(client.query("SELECT 1").error().orElse("")).startsWith("25P02");
      assertThat(client.query(COPY).error().orElse("")).startsWith("25P02");
      assertThat(client.query("ROLLBACK").error()).isEmpty();
      assertThat(data(client.query(COPY))).isEqualTo(MASKED);

      client.parse("", "SELECT 1").bind("", "", List.of(), Format.TEXT).execute("", 0);
      client.parse("", FAILS).bind("", "", List.of(), Format.TEXT).execute("", 0);
      Answer inBatch =
          client.parse("", "SELECT 2").bind("", "", List.of(), Format.TEXT).execute("", 0).sync();
      assertThat(types(inBatch)).isEqualTo("12DC12EZ");
      assertThat(inBatch.error().orElse("")).startsWith("42883");
      assertThat(data(client.extended(COPY, List.of(), Format.TEXT))).isEqualTo(MASKED);
      assertThat(new String(client.tap(), UTF_8)).doesNotContain("SECRET", "gatehouse.");
    }
  }

  @Test
  void batchAndBlock_goOnAroundIt() throws Exception {
    try (TappedClient client = client()) {
      client.query("BEGIN");
      client.parse("s", COPY).bind("p", "s", List.of(), Format.TEXT);
      client.parse("", "SELECT 7").bind("", "", List.of(), Format.TEXT);
      client.execute("p", 0).execute("", 0).parse("t", "INSERT INTO bank.kept (id) VALUES (2)");
      Answer batch = client.bind("", "t", List.of(), Format.TEXT).execute("", 0).sync();
      assertThat(types(batch)).isEqualTo("1212HdcCDC12CZ");
      assertThat(data(batch)).isEqualTo(MASKED);
      client.bind("q", "s", List.of(), Format.TEXT).execute("q", 0);
      assertThat(data(client.sync())).isEqualTo(MASKED + "2|\\N\n");
      assertThat(client.query("ROLLBACK").error()).isEmpty();
      assertThat(data(client.query(COPY))).isEqualTo(MASKED);
    }
  }

  /** The description waits for the lock, as COPY itself would. */
  @Test
  @Timeout(60)
  void lockedTable_isWaitedFor_andTheClientCanCancel() throws Exception {
    for (boolean block : new boolean[] {false, true}) {
      for (boolean cancels : new boolean[] {true, false}) {
        try (TappedClient client = client();
            Connection other = server.direct("bank");
            Statement statement = other.createStatement()) {
          other.setAutoCommit(false);
          statement.execute("LOCK TABLE bank.kept IN ACCESS EXCLUSIVE MODE");
          client.query(block ? "BEGIN" : "SELECT 1");
          CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> ask(client));
          awaitWaiting(statement);
          if (cancels) {
            cancel(client);
            assertThat(answer.get(20, TimeUnit.SECONDS).error().orElse("")).startsWith("57014");
          }
          other.rollback();
          if (!cancels) {
            assertThat(data(answer.get(20, TimeUnit.SECONDS))).isEqualTo(MASKED);
          }
          if (block) {
            client.query("ROLLBACK");
          }
          assertThat(data(client.query(COPY))).isEqualTo(MASKED);
        }
      }
    }
  }

  private static Answer ask(TappedClient client) {
    try {
      return client.query(COPY);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitWaiting(Statement statement) throws Exception {
    int waiting = 0;
    while (waiting == 0) {
      try (ResultSet locks =
          statement.executeQuery(
              "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation ="
                  + " 'bank.kept'::regclass")) {
        locks.next();
        waiting = locks.getInt(1);
      }
    }
  }

  private static void cancel(TappedClient client) throws Exception {
    byte[] key =
        client.greeting().stream()
            .filter(message -> message.type() == 'K')
            .findFirst()
            .orElseThrow()
            .body();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate.login("bank").port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ByteBuffer.allocate(8 + key.length)
              .putInt(8 + key.length)
              .putInt(80_877_102)
              .put(key)
              .array());
      out.flush();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** In such an encoding a letter can end in the byte of a backslash or a delimiter. */
  @ParameterizedTest
  @ValueSource(strings = {"", "CSV"})
  void encodingThatCodeHasChanged_isNoticed(String options) throws Exception {
    String copy = "COPY (SELECT id, secret FROM bank.kept) TO STDOUT " + options;
    String code = "SELECT bank.recodes()";
    try (TappedClient client = client()) {
      assertThat(client.query(code + "; " + copy).error().orElse("")).contains("is encoded");
    }
    try (TappedClient client = client()) {
      client.parse("", code).bind("", "", List.of(), Format.TEXT).execute("", 0);
      client.parse("", copy).bind("", "", List.of(), Format.TEXT).execute("", 0);
      Answer answer = client.sync();
      assertThat(answer.error().orElse("")).contains("did not describe");
      assertThat(answer.of('d')).isEmpty();
    }
    try (TappedClient client = client()) {
      assertThat(client.query(code).error()).isEmpty();
      assertThat(client.query(copy).error().orElse("")).contains("client_encoding");
    }
  }

  /** A notice that is not about the client's command is none of its business. */
  @Test
  void noticeWhileItIsDescribed_isNotTold() throws Exception {
    String name = "n".repeat(70);
    try (TappedClient client = client()) {
      Answer answer =
          client.query("COPY (SELECT secret AS " + name + " FROM bank.kept) TO STDOUT CSV HEADER");
      assertThat(types(answer)).isEqualTo("HddcCZ");
    }
  }
}

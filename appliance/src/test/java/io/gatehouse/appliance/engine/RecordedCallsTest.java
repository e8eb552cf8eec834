package io.gatehouse.appliance.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.appliance.engine.Routes.Destination;
import io.gatehouse.appliance.identity.Entrance;
import io.gatehouse.appliance.identity.LocalWay;
import io.gatehouse.appliance.identity.User;
import io.gatehouse.appliance.identity.Users;
import io.gatehouse.appliance.journal.index.Facet;
import io.gatehouse.appliance.journal.index.Opening;
import io.gatehouse.appliance.journal.index.Query;
import io.gatehouse.appliance.journal.read.JournalReader;
import io.gatehouse.appliance.journal.read.RecordedJournal;
import io.gatehouse.appliance.journal.show.Paper;
import io.gatehouse.appliance.journal.show.Transcript;
import io.gatehouse.plugin.Target;
import io.gatehouse.spi.Answer;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.GateSession;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.ResultRecord;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.netty.buffer.Unpooled;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session of calls through the engine into a journal, and read back from there. */
class RecordedCallsTest {
  private static final String RULES =
      """
      rules:
        - {name: never, resources: {tools: [crm.store_card]}, verdict: omit}
        - {name: cards, resources: {tools: [crm.store_card]}, verdict: allow}
        - {name: own, operations: [session], verdict: allow}
        - {name: pays, resources: {tools: [crm.pay]}, verdict: allow}
        - name: large
          resources: {tools: [crm.pay]}
          when: command.arguments.amount > 10000
          verdict: deny
          message: that much is not paid by machines
        - name: quiet
          resources: {tools: [crm.notes]}
          verdict: allow
          record: {results: leave-out}
      """;

  @TempDir private Path folder;
  private Courtroom room;
  private RecordedJournal journal;
  private GateSession session;
  private long sequence;

  @BeforeEach
  void login() throws Exception {
    room = Courtroom.of(folder, RULES);
    journal = RecordedJournal.in(folder);
    ScramVerifier verifier =
        ScramVerifier.derive(
            Secret.of("pw".toCharArray()), ScramVerifier.LEAST_ITERATIONS, new SecureRandom());
    Users users = new Users(List.of(new User("ann", verifier, Set.of("analysts"))));
    Routes routes =
        new Routes(
            Map.of("main", Map.of("/mcp", "tools")),
            Map.of(
                "tools",
                new Destination(
                    Target.Protocol.MCP,
                    Courtroom.upstream("tools", "/mcp", null),
                    false,
                    List.of())));
    Engine engine =
        new Engine(
            new Entrance(List.of(), new LocalWay(() -> users, InstantSource.system())),
            () -> routes,
            Optional.of(room.court),
            Optional.of(journal.journal()),
            false);
    session =
        engine.open(
            new Arrival(7, "main", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4000)),
            new NoControl());
    journal.onLoop(
        () ->
            session.greet(
                new LoginRequest(
                    "ann", "/mcp", Map.of("application_name", "agent 1.0"), Optional.empty())));
    journal.onLoop(() -> session.identify(new Proof.Scram(true))).toCompletableFuture().join();
    journal.onLoop(session::route).toCompletableFuture().join();
    journal.onLoop(
        () -> {
          session.connected("", "s-1");
          return sequence;
        });
  }

  @AfterEach
  void end() {
    room.close();
  }

  private Answer submit(Called call) {
    Submission asked = new Asked(++sequence, Submission.Stage.EXECUTE, call, Called.VIEW);
    return journal.onLoop(() -> session.submit(asked, Called.NO_REPLY));
  }

  /** A call that runs, and what comes back of it. */
  private void runs(Called call, String... messages) {
    Decision.Run run = (Decision.Run) submit(call);
    journal.onLoop(
        () -> {
          long bytes = 0;
          for (int i = 0; i < messages.length; i++) {
            byte[] line = (messages[i] + "\n").getBytes(StandardCharsets.UTF_8);
            bytes += line.length;
            if (!run.record().equals(ResultRecord.NONE)) {
              run.record()
                  .add(
                      ResultRecord.Direction.TO_CLIENT,
                      Unpooled.wrappedBuffer(line),
                      i == messages.length - 1,
                      () -> {});
            }
          }
          session.outcome(sequence, OutcomeKind.SUCCEEDED, messages.length, bytes, 0, null);
          return bytes;
        });
  }

  private String shown(boolean values) throws Exception {
    StringWriter out = new StringWriter();
    try (JournalReader reader = RecordedJournal.reader(folder)) {
      Transcript transcript = new Transcript(new Paper(new PrintWriter(out)), values);
      List<Opening> sessions = new ArrayList<>();
      RecordedJournal.search(folder, reader).sessions(Query.ALL, sessions::add);
      RecordedJournal.search(folder, reader)
          .records(
              sessions.getFirst().session(),
              entry -> {
                transcript.add(entry, reader.content(entry));
                return true;
              });
      transcript.end();
    }
    return out.toString();
  }

  @Test
  void session_isReadAsATranscript() throws Exception {
    runs(
        Called.tool("pay", "{\"amount\": 12, \"to\": \"Erika\"}"),
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
            + "{\"progressToken\":1,\"progress\":1,\"total\":2,\"message\":\"looking\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\n \"result\":{\"content\":["
            + "{\"type\":\"text\",\"text\":\"paid\\nby \\u001bwire\"}],"
            + "\"structuredContent\":{\"receipt\":{\"no\":7}}}}");
    assertThat(submit(Called.tool("pay", "{\"amount\": 20000}")))
        .isInstanceOf(Decision.Refuse.class);
    runs(Called.tool("notes", "{}"), "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":1}}");
    close();
    assertThat(shown(true))
        .contains(
            """
              | tools/call pay
              | arguments:
              |   amount: 12
              |   to: "Erika"
                call tool crm.pay
                progress 1 of 2: looking
                result
                text: paid
                      by \\u{1b}wire
                structuredContent:
                  receipt:
                    no: 7
            """
                .stripTrailing())
        .contains("deny by large: denied by rule \"large\": that much is not paid by machines")
        .contains("protocol mcp, database /mcp")
        .contains("software agent 1.0")
        .contains("results left-out")
        .doesNotContain("n: 1");
  }

  @Test
  void withoutValues_thereAreNoArguments() throws Exception {
    runs(Called.tool("pay", "{\"amount\": 12, \"to\": \"Erika\"}"));
    close();
    assertThat(shown(false)).contains("  | tool crm.pay\n").doesNotContain("Erika");
  }

  @Test
  void calls_areFoundByName_byFingerprint_andByVerdict() throws Exception {
    runs(Called.tool("pay", "{\"amount\": 12}"));
    submit(Called.tool("pay", "{\"amount\": 20000}"));
    runs(Called.tool("notes", "{}"));
    close();
    assertThat(found(Query.ALL.with(Facet.NAME, "crm.pay")))
        .containsExactly("allow tool crm.pay", "deny tool crm.pay");
    assertThat(found(Query.ALL.with(Facet.FINGERPRINT, "tool crm.notes")))
        .containsExactly("allow tool crm.notes");
    assertThat(found(Query.ALL.with(Facet.VERDICT, "deny"))).containsExactly("deny tool crm.pay");
  }

  private List<String> found(Query query) throws Exception {
    List<String> found = new ArrayList<>();
    try (JournalReader reader = RecordedJournal.reader(folder)) {
      RecordedJournal.search(folder, reader)
          .commands(
              query,
              hit ->
                  found.add(
                      hit.said().text("verdict").orElse("")
                          + " "
                          + hit.said().text("fingerprint").orElse("")));
    }
    return found;
  }

  @Test
  void whatIsOmitted_isNotThere_forWhoeverCalls() throws Exception {
    runs(
        Called.tool("store_card", "{\"number\": \"4111111111111111\"}"),
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"token\":\"tok-9\"}}");
    close();
    assertThat(shown(true))
        .contains("allow by cards")
        .contains("call tool crm.store_card")
        .contains("results omitted-by never")
        .doesNotContain("4111")
        .doesNotContain("tok-9");
  }

  @Test
  void errorsAndLogs_areShown() throws Exception {
    runs(
        Called.tool("pay", "{\"amount\": 1}"),
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":"
            + "{\"level\":\"info\",\"logger\":\"db\",\"data\":\"asked\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,\"message\":\"no such"
            + " account\"}}");
    close();
    assertThat(shown(true))
        .contains("    info db: asked\n")
        .contains("    ERROR -32000: no such account\n");
  }

  private void close() {
    journal.onLoop(
        () -> {
          session.closed(CloseReason.CLIENT_TERMINATED);
          return sequence;
        });
    journal.close();
  }
}

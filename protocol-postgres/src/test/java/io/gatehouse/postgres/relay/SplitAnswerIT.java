package io.gatehouse.postgres.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.plugin.Value;
import io.gatehouse.postgres.message.AuthenticationOk;
import io.gatehouse.postgres.message.BackendKeyData;
import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Answers;
import io.gatehouse.postgres.testing.ArrivedBytes;
import io.gatehouse.postgres.testing.FakeServer;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.Decision;
import io.gatehouse.spi.ResultLimits;
import io.gatehouse.spi.ResultShape;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.testing.ScriptedGate;
import io.gatehouse.spi.testing.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers of a real server, cut in two at every byte: the rest is sent when the gate has read the
 * first part.
 */
class SplitAnswerIT {
  private static final String MASKED = "/*masked*/";

  @SuppressWarnings("NullAway.Init") // set before all
  private static ArrivedBytes arrived;

  @SuppressWarnings("NullAway.Init") // set before all
  private static FakeServer server;

  @SuppressWarnings("NullAway.Init") // set before all
  private static Gateway gateway;

  /** What the server says next, where it is cut, and after how many messages. */
  private static volatile Answer next = new Answer(new byte[0], 0, 0);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(byte[] bytes, int cut, int questions) {}

  @BeforeAll
  static void open() {
    arrived = new ArrivedBytes();
    server = new FakeServer(SplitAnswerIT::serve);
    gateway =
        new Gateway(
            new ScriptedGate(Gateway.toRealServer(server.port())),
            Limits.DEFAULTS,
            arrived,
            Set.of("*"));
    gateway.gate.script(
        (submission, _) ->
            submission.stage() == Submission.Stage.EXECUTE
                    && ScriptedGate.text(submission).contains(MASKED)
                ? new Decision.Run(
                    _ -> new ResultShape.Rewrite(Arrays.asList(null, _ -> new Value.Text("***"))),
                    ResultLimits.NONE)
                : Decision.RUN);
  }

  @AfterAll
  static void close() throws IOException {
    gateway.close();
    server.close();
  }

  private static void serve(FakeServer.Peer peer) throws IOException {
    peer.packet();
    peer.send(
        new AuthenticationOk(), new BackendKeyData(1, new byte[4]), new ReadyForQuery((byte) 'I'));
    while (true) {
      peer.message();
      Answer answer = next;
      for (int i = 1; i < answer.questions(); i++) {
        peer.message();
      }
      long before = arrived.fromServers.bytes();
      peer.write(Arrays.copyOf(answer.bytes(), answer.cut()));
      arrived.fromServers.awaitAtLeast(before + answer.cut());
      peer.write(Arrays.copyOfRange(answer.bytes(), answer.cut(), answer.bytes().length));
    }
  }

  static Stream<Arguments> questions() {
    String rows = "select n, repeat('x', n * 3), null from generate_series(1, 5) n";
    return Stream.of(
        Arguments.of("rows", new FrontendMessage[] {new Query(rows)}),
        Arguments.of(
            "masked rows",
            new FrontendMessage[] {
              new Query("select n, repeat('x', n * 3) " + MASKED + " from generate_series(1, 5) n")
            }),
        Arguments.of("extended", Answers.join(Answers.extended(rows), new Sync())),
        Arguments.of(
            "COPY out", new FrontendMessage[] {new Query("copy (" + rows + ") to stdout")}),
        Arguments.of(
            "notices and an error",
            new FrontendMessage[] {
              new Query("do $$ begin raise notice 'before'; raise exception 'then'; end $$")
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("questions")
  void answer_cutAnywhere_isReadAsInOnePiece(String name, FrontendMessage[] messages) {
    byte[] bytes;
    try (RawConnection direct = RawConnection.ready()) {
      bytes = Wire.written(out -> direct.ask(messages).forEach(message -> message.encode(out)));
    }
    try (RawConnection connection = gateway.connect()) {
      List<String> whole = List.of();
      for (int cut = 0; cut < bytes.length; cut++) {
        next = new Answer(bytes, cut, messages.length);
        List<String> read = connection.ask(messages).stream().map(SplitAnswerIT::hex).toList();

        whole = cut == 0 ? read : whole;
        assertThat(read)
            .as("%s, cut before byte %d of %d", name, cut, bytes.length)
            .isEqualTo(whole);
      }
    }
  }

  private static String hex(BackendMessage message) {
    return HexFormat.of().formatHex(Wire.written(message::encode));
  }
}

package io.gatehouse.postgres.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.Bind;
import io.gatehouse.postgres.message.Close;
import io.gatehouse.postgres.message.CopyData;
import io.gatehouse.postgres.message.CopyDone;
import io.gatehouse.postgres.message.Describe;
import io.gatehouse.postgres.message.Execute;
import io.gatehouse.postgres.message.FrontendMessage;
import io.gatehouse.postgres.message.Kind;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.RawConnection;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.postgres.testing.Answers;
import io.gatehouse.postgres.testing.ArrivedBytes;
import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.spi.Submission;
import io.gatehouse.spi.net.Limits;
import io.gatehouse.spi.testing.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole conversations cut in two at every byte: what the gate reads first and what it reads then
 * must make no difference. The second half is sent when the gate has read the first.
 */
class SplitIT {
  private static final FrontendMessage SYNC = new Sync();

  @SuppressWarnings("NullAway.Init") // set before all
  private static ArrivedBytes arrived;

  @SuppressWarnings("NullAway.Init") // set before all
  private static Gateway gateway;

  @BeforeAll
  static void open() {
    arrived = new ArrivedBytes();
    gateway = new Gateway(Limits.DEFAULTS, arrived);
    gateway.gate.refuse(Submission.Stage.EXECUTE, "/*refused*/");
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  private static Arguments conversation(String name, int batches, FrontendMessage... messages) {
    return Arguments.of(name, batches, messages);
  }

  private static FrontendMessage row(String line) {
    return new CopyData(line.getBytes(StandardCharsets.US_ASCII));
  }

  private static Bind bind(String portal, String statement, String value) {
    byte[] text = value.getBytes(StandardCharsets.US_ASCII);
    return new Bind(portal, statement, new int[] {0}, List.of(text), new int[0]);
  }

  static Stream<Arguments> conversations() {
    return Stream.of(
        conversation(
            "simple queries",
            3,
            new Query("select 1; select 'two', null; begin"),
            new Query(""),
            new Query("rollback")),
        conversation(
            "pipeline with an error",
            2,
            new Parse("s", "select 10 / $1", new int[] {23}),
            new Describe(Kind.STATEMENT, "s"),
            bind("p", "s", "2"),
            new Execute("p", 0),
            bind("", "s", "0"),
            new Execute("", 0),
            bind("", "s", "5"),
            new Execute("", 0),
            SYNC,
            bind("", "s", "5"),
            new Execute("", 1),
            new Close(Kind.STATEMENT, "s"),
            SYNC),
        conversation(
            "refusal in a pipeline",
            2,
            Answers.join(
                Answers.join(
                    Answers.extended("select 1"), Answers.extended("select 2 /*refused*/")),
                new Execute("", 0),
                SYNC,
                new Query("select 3"))),
        conversation(
            "COPY in",
            2,
            new Query("copy split from stdin"),
            row("1\t"),
            row("one\n2\ttwo\n"),
            new CopyDone(),
            new Query("delete from split returning id, name")),
        conversation(
            "COPY out",
            2,
            new Query("copy (select n, repeat('x', n) from generate_series(1, 9) n) to stdout"),
            new Query("select 'after'")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conversations")
  void conversation_cutAnywhere_readsAsInOnePiece(
      String name, int batches, FrontendMessage[] messages) {
    byte[] bytes =
        Wire.written(out -> Arrays.asList(messages).forEach(message -> message.encode(out)));
    try (RawConnection connection = gateway.connect()) {
      connection.ask(new Query("create temp table split (id int, name text)"));
      connection.send(bytes);
      List<byte[]> whole = answer(connection, batches);

      for (int cut = 1; cut < bytes.length; cut++) {
        long before = arrived.fromClients.bytes();
        connection.send(Arrays.copyOf(bytes, cut));
        arrived.fromClients.awaitAtLeast(before + cut);
        connection.send(Arrays.copyOfRange(bytes, cut, bytes.length));

        assertThat(answer(connection, batches))
            .as("%s, cut before byte %d of %d", name, cut, bytes.length)
            .usingElementComparator(Arrays::compare)
            .isEqualTo(whole);
      }
    }
  }

  /** All bytes of the answer: RawConnection has checked that these are what was read. */
  private static List<byte[]> answer(RawConnection connection, int batches) {
    return Stream.generate(() -> connection.readUntil(ReadyForQuery.class::isInstance))
        .limit(batches)
        .flatMap(List<BackendMessage>::stream)
        .map(message -> Wire.written(message::encode))
        .toList();
  }
}

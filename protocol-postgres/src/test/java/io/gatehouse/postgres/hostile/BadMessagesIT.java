package io.gatehouse.postgres.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.postgres.message.BackendMessage;
import io.gatehouse.postgres.message.ErrorResponse;
import io.gatehouse.postgres.message.Parse;
import io.gatehouse.postgres.message.Query;
import io.gatehouse.postgres.message.ReadyForQuery;
import io.gatehouse.postgres.message.Sync;
import io.gatehouse.spi.CloseReason;
import io.gatehouse.spi.OutcomeKind;
import io.gatehouse.spi.net.Limit;
import io.gatehouse.spi.net.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a session that are no messages, or too large, from either side. */
final class BadMessagesIT {
  private static final int COMMAND_BYTES = 1_000_000;
  private static final long MEBIBYTE = 1_048_576;

  private FakeServer server;
  private Doorway gate;

  @BeforeEach
  void open() throws Exception {
    server =
        new FakeServer(
            client -> {
              while (true) {
                switch (client.readAsked()) {
                  case Query(String text) -> client.write(FakeServer.answer(text));
                  case Sync _ -> client.send(FakeServer.READY);
                  default -> {}
                }
              }
            });
    gate =
        new Doorway(
            server,
            Limits.DEFAULTS
                .with(Limit.COMMAND_BYTES, COMMAND_BYTES)
                .with(Limit.COMMAND_BYTES_TOTAL, 4L * COMMAND_BYTES),
            false);
  }

  @AfterEach
  void close() throws Exception {
    server.script(FakeServer::echo);
    gate.assertServes();
    gate.close();
    server.close();
    assertThat(server.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "51 ffffffff",
        "51 80000000",
        "51 00000000",
        "51 00000003",
        "51 40000000",
        "64 ffffffff",
        "53 00000002",
        "00 00000004",
        "ff 00000004",
        "7a 00000004",
        "52 00000008 00000000",
        "70 00000006 6100",
        "51 00000007 616263",
        "51 0000000a 610062006300",
        "50 00000005 00"
      })
  void whatIsNoMessage_endsTheSessionInAnError(String bytes) throws Exception {
    try (Peer peer = gate.ready()) {
      peer.write(bytes);

      ErrorResponse error = peer.readError();
      assertThat(error.severity()).isEqualTo("FATAL");
      assertThat(error.sqlState()).isEqualTo("08P01");
      assertThat(peer.atEnd()).isTrue();
    }
    assertThat(gate.gate.closed.take()).isEqualTo(CloseReason.CLIENT_VIOLATED_PROTOCOL);
    await().untilAsserted(() -> assertThat(server.sessions).hasValue(0));
  }

  @Test
  void whatIsNoMessageBehindAQuery_comesAfterItsAnswer() throws Exception {
    try (Peer peer = gate.ready()) {
      peer.send(new Query("first"));
      peer.readUntil(ReadyForQuery.class::isInstance);
      peer.write("7a 00000004");
      assertThat(peer.readError().sqlState()).isEqualTo("08P01");
    }
  }

  @Test
  void queryOverTheLimit_isRefusedAndTheSessionGoesOn() throws Exception {
    try (Peer peer = gate.ready()) {
      for (int over : List.of(0, 1, 100_000)) {
        List<BackendMessage> answer = peer.ask(new Query("x".repeat(COMMAND_BYTES + over)));
        assertThat(answer).hasSize(2);
        ErrorResponse error = (ErrorResponse) answer.getFirst();
        assertThat(error.severity()).isEqualTo("ERROR");
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.fields().get('D')).contains("command-bytes");
        Doorway.assertEchoes(peer, "after");
      }
      Doorway.assertEchoes(peer, "y".repeat(COMMAND_BYTES - 1));
    }
    assertThat(gate.tally.reached(Limit.COMMAND_BYTES)).isEqualTo(3);
  }

  @Test
  void parseOverTheLimit_isRefusedAndSkippedToSync() throws Exception {
    try (Peer peer = gate.ready()) {
      List<BackendMessage> answer =
          peer.ask(
              new Parse("", "x".repeat(COMMAND_BYTES), new int[0]),
              new Query("must not run"),
              new Sync());

      assertThat(answer).hasSize(2);
      assertThat(((ErrorResponse) answer.getFirst()).sqlState()).isEqualTo("54000");
      Doorway.assertEchoes(peer, "after");
    }
  }

  @Test
  void manyHalfCommands_holdNoMoreThanTheTotal() throws Exception {
    long before = Doorway.directBytes();
    List<Peer> halves = new ArrayList<>();
    try (Peer healthy = gate.ready()) {
      for (int i = 0; i < 40; i++) {
        Peer peer = gate.ready();
        halves.add(peer);
        // A query of 900,004 bytes of which the last thousand never come.
        peer.write("51 000dbba4");
        peer.write(new byte[899_000]);
      }
      await()
          .untilAsserted(
              () -> assertThat(gate.tally.reached(Limit.COMMAND_BYTES_TOTAL)).isGreaterThan(30));

      Doorway.assertEchoes(healthy, "small ones pass");
      assertThat(Doorway.directBytes() - before).isLessThan(48 * MEBIBYTE);
    } finally {
      closeAll(halves);
    }
    // What was reserved is free again.
    await().untilAsserted(() -> assertThat(gate.sessions()).isZero());
    try (Peer peer = gate.ready()) {
      Doorway.assertEchoes(peer, "y".repeat(COMMAND_BYTES - 1));
    }
  }

  private static void closeAll(List<Peer> peers) throws IOException {
    for (Peer peer : peers) {
      peer.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "44 ffffffff, a negative length",
    "44 00000003, a length that cannot be",
    "44 0000000a 0001 00000000, a row without a question",
    "5a 00000005 49, ready for no reason",
    "43 00000005 00, completion of nothing",
    "48 00000007 000000, a copy that nobody began",
    "21 00000004, no such message",
    "53 00000005 41, a setting without its end",
    "56 7fffffff, a gigabyte to be held"
  })
  void serverThatTalksNonsense_isLeft(String bytes, String why) throws Exception {
    server.script(
        client -> {
          client.readAsked();
          client.write(bytes);
          client.drain();
        });
    try (Peer peer = gate.ready()) {
      // Close of a portal that is not there: the server owes a CloseComplete and no more.
      peer.write("43 00000006 5000");

      ErrorResponse error = peer.readError();
      assertThat(error.severity()).as(why).isEqualTo("FATAL");
      assertThat(error.sqlState()).isEqualTo("08P01");
      assertThat(peer.atEnd()).isTrue();
    }
    assertThat(gate.gate.closed.take()).isEqualTo(CloseReason.UPSTREAM_VIOLATED_PROTOCOL);
    await().untilAsserted(() -> assertThat(server.sessions).hasValue(0));
    assertThat(gate.gate.outcomes).doesNotContain(OutcomeKind.SUCCEEDED);
  }
}

package io.gatehouse.mysql.relay;

import static io.gatehouse.mysql.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.CommandType;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import io.gatehouse.mysql.testing.RealServer.Flavour;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancelIT {
  private static final String LONG = "SELECT SLEEP(10000) AS through_the_gate";

  private static ComQuery query(String text) {
    return new ComQuery(List.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the server runs it, as another session sees. */
  private static boolean runs(Conversation other) {
    List<Message> found =
        other.ask(
            query(
                "SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT"
                    + " SLEEP%gate'"));
    return found.stream().anyMatch(TextRow.class::isInstance);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void cancel_endsTheCommandAndNotTheSession(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation other = RelayIT.direct(flavour);
      Conversation gated = new Conversation(gateway.enter().connection());
      List<Message> before = gated.ask(query("SELECT CONNECTION_ID()"));
      gated.tell(query(LONG));
      await().until(() -> runs(other));
      gateway.gate().control().cancel();
      assertThat(gated.answer(CommandType.COM_QUERY)).isNotEmpty();
      assertThat(gated.ask(query("SELECT CONNECTION_ID()"))).isEqualTo(before);
      assertThat(gateway.gate().outcomes).hasSize(3);
      assertThat(gateway.gate().closed).isEmpty();
    }
  }

  /** What it was meant for may have ended before it arrives. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void cancelThatComesLate_hitsNothingElse(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation gated = new Conversation(gateway.enter().connection());
      for (int i = 0; i < 20; i++) {
        gated.tell(query("SELECT " + i));
        gateway.gate().control().cancel();
        assertThat(gated.answer(CommandType.COM_QUERY)).isNotEmpty();
        assertThat(gated.ask(query("SELECT 'after'")).getLast()).isInstanceOf(OkPacket.class);
      }
      gateway.gate().control().cancel();
      assertThat(gated.ask(query("SELECT 'idle'")).getLast()).isInstanceOf(OkPacket.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void clientThatLeaves_endsWhatItRuns(Flavour flavour) {
    try (Gateway gateway = Gateway.to(flavour)) {
      Conversation other = RelayIT.direct(flavour);
      RawClient.Entered entered = gateway.enter();
      new Conversation(entered.connection()).tell(query(LONG));
      await().until(() -> runs(other));
      entered.connection().close();
      await().until(() -> !runs(other));
    }
  }
}

package io.gatehouse.mysql.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What tests of the relay say and hear. */
final class Talk {
  private Talk() {}

  static Conversation through(Gateway gateway) {
    RawClient.Entered entered = gateway.enter();
    assertThat(entered.heard().getLast()).isInstanceOf(OkPacket.class);
    return new Conversation(entered.connection());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static List<Message> query(Conversation conversation, String text) {
    return conversation.ask(new ComQuery(List.of(), utf8(text)));
  }

  static ErrPacket error(List<Message> answer) {
    assertThat(answer).hasExactlyElementsOfTypes(ErrPacket.class);
    return (ErrPacket) answer.getFirst();
  }
}

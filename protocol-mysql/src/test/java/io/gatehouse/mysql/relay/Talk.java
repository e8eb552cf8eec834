package io.gatehouse.mysql.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.mysql.message.BinaryRow;
import io.gatehouse.mysql.message.ComQuery;
import io.gatehouse.mysql.message.ComStmtPrepare;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.OkPacket;
import io.gatehouse.mysql.message.PrepareOk;
import io.gatehouse.mysql.message.TextRow;
import io.gatehouse.mysql.testing.Conversation;
import io.gatehouse.mysql.testing.Gateway;
import io.gatehouse.mysql.testing.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  static List<List<byte @Nullable []>> rows(List<Message> answer) {
    List<List<byte @Nullable []>> rows = new ArrayList<>();
    for (Message message : answer) {
      if (message instanceof TextRow(var values)) {
        rows.add(values);
      } else if (message instanceof BinaryRow row) {
        rows.add(row.values());
      }
    }
    return rows;
  }

  static List<List<@Nullable String>> texts(List<Message> answer) {
    List<List<@Nullable String>> all = new ArrayList<>();
    for (List<byte @Nullable []> row : rows(answer)) {
      List<@Nullable String> texts = new ArrayList<>();
      for (byte[] value : row) {
        texts.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
      }
      all.add(texts);
    }
    return all;
  }

  /** The only row's values, as text. */
  static List<@Nullable String> row(List<Message> answer) {
    List<@Nullable String> values = new ArrayList<>();
    BinaryRow row =
        (BinaryRow) answer.stream().filter(BinaryRow.class::isInstance).findFirst().orElseThrow();
    for (byte[] value : row.values()) {
      values.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
    }
    return values;
  }

  static int prepare(Conversation conversation, String text) {
    List<Message> answer = conversation.ask(new ComStmtPrepare(utf8(text)));
    assertThat(answer.getFirst()).isInstanceOf(PrepareOk.class);
    return ((PrepareOk) answer.getFirst()).statement();
  }
}

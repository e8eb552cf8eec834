package io.gatehouse.appliance.masking.mysql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatehouse.mysql.message.BinaryRow;
import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.mysql.message.Message;
import io.gatehouse.mysql.message.TextRow;
import java.util.List;

/**
 * All that came back.
 *
 * @param bytes of every payload
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MysqlAnswer(byte[] bytes, List<Message> messages) {
  MysqlAnswer {
    messages = List.copyOf(messages);
  }

  List<ErrPacket> errors() {
    return messages.stream()
        .filter(ErrPacket.class::isInstance)
        .map(ErrPacket.class::cast)
        .toList();
  }

  boolean failed() {
    return !errors().isEmpty();
  }

  boolean hasRows() {
    return messages.stream()
        .anyMatch(message -> message instanceof TextRow || message instanceof BinaryRow);
  }

  /** Bytes as characters, with one name in the place of others of its length. */
  String plain(MysqlTwins twins) {
    return twins.plain(new String(bytes, ISO_8859_1));
  }
}

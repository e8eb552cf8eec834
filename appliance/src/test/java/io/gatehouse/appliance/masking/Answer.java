package io.gatehouse.appliance.masking;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What came up to and with a ReadyForQuery, or with the end of the connection. */
public record Answer(List<Received> messages) {
  public Answer {
    messages = List.copyOf(messages);
  }

  public Stream<Received> of(char type) {
    return messages.stream().filter(message -> message.type() == type);
  }

  /** The SQLSTATE and text of the first error. */
  public Optional<String> error() {
    return of('E')
        .map(error -> error.field('C').orElse("") + " " + error.field('M').orElse(""))
        .findFirst();
  }

  /** The rows in text form, NULL as {@code null}; for results that were asked for as text. */
  public List<List<String>> rows() {
    return of('D')
        .map(
            row ->
                row.fields().stream()
                    .map(
                        field ->
                            field
                                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                .orElse("null"))
                    .toList())
        .toList();
  }

  /** Everything, one message after the other, as it came over the wire. */
  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Received message : messages) {
      TappedClient.frame(all, message.type(), message.body());
    }
    return all.toByteArray();
  }
}

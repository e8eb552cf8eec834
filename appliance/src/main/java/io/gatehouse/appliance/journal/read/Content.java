package io.gatehouse.appliance.journal.read;

import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a record says. */
public sealed interface Content {

  /** The fields by name, in their order. */
  record Said(Kind kind, Map<String, Datum> fields) implements Content {
    /** Empty where there is nothing to say, or no such field. */
    public Optional<String> text(String field) {
      return fields.get(field) instanceof Datum.Text(String value)
          ? Optional.of(value)
          : Optional.empty();
    }

    public long number(String field) {
      return fields.get(field) instanceof Datum.Count(long value) ? value : 0;
    }

    public boolean flag(String field) {
      return fields.get(field) instanceof Datum.Flag(boolean value) && value;
    }

    public Optional<byte[]> bytes(String field) {
      return fields.get(field) instanceof Datum.Bytes(byte[] value)
          ? Optional.of(value)
          : Optional.empty();
    }

    public List<Datum> rows(String field) {
      return fields.get(field) instanceof Datum.Row(List<Datum> values) ? values : List.of();
    }
  }

  /** Of a record that is longer than a payload may be; {@link Joining} makes one of all. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(byte[] bytes) implements Content {}

  /** It was destroyed on purpose: pruned, or its key was shredded. */
  record Gone(String why) implements Content {}

  /** It is there, and cannot be read with these keys by this version. */
  record Unreadable(String why) implements Content {}
}

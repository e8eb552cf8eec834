package io.gatehouse.appliance.journal.keep;

import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.Kind;
import io.gatehouse.appliance.journal.record.RecordReader;
import io.gatehouse.appliance.journal.seal.RefusedException;
import io.gatehouse.appliance.journal.seal.SealedRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the signed records say of keeping.
 *
 * @param holds those in force, by name
 * @param orders the ids of those that were carried out
 * @param pruned the data keys that were given up, by the number of their class
 */
record Survey(Map<String, Covered> holds, Set<String> orders, Map<Integer, Set<UUID>> pruned) {

  /**
   * @throws RefusedException if they are not the records that were signed, or one of them cannot be
   *     read
   */
  static Survey of(SealedRows rows) throws IOException, RefusedException {
    Survey survey = new Survey(new LinkedHashMap<>(), new HashSet<>(), new HashMap<>());
    try {
      rows.read(survey::take);
    } catch (UnreadableException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
    return survey;
  }

  /** A hold that cannot be read might cover anything. */
  private static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(Kind kind, String why) {
      super("a signed record of kind " + kind.label() + " cannot be read: " + why);
    }
  }

  private void take(SealedRows.Row row, SealedRows.Clear clear) throws IOException {
    if (row.kind() == Kind.PRUNED.code()) {
      Map<String, Datum> said = read(Kind.PRUNED, clear);
      int retention = (int) number(said, "class");
      Set<UUID> keys = pruned.computeIfAbsent(retention, _ -> new HashSet<>());
      for (Datum key : values(said, "keys")) {
        if (key instanceof Datum.Bytes(byte[] id) && id.length == 16) {
          ByteBuffer bytes = ByteBuffer.wrap(id);
          keys.add(new UUID(bytes.getLong(), bytes.getLong()));
        }
      }
      orders.add(text(said, "order"));
    } else if (row.kind() == Kind.HOLD.code()) {
      hold(read(Kind.HOLD, clear));
    }
  }

  private void hold(Map<String, Datum> said) {
    String name = text(said, "name");
    if (said.get("placed") instanceof Datum.Flag(boolean placed) && !placed) {
      holds.remove(name);
    } else {
      List<UUID> sessions =
          values(said, "sessions").stream()
              .map(one -> one instanceof Datum.Text(String id) ? UUID.fromString(id) : NONE)
              .toList();
      holds.put(name, Covered.of(time(said, "from"), time(said, "until"), sessions));
    }
    orders.add(text(said, "order"));
  }

  private static final UUID NONE = new UUID(0, 0);

  private static Map<String, Datum> read(Kind kind, SealedRows.Clear clear) throws IOException {
    byte[] payload =
        clear.read().orElseThrow(() -> new UnreadableException(kind, "its payload is not there"));
    try {
      return RecordReader.read(kind, payload);
    } catch (RecordReader.Malformed e) {
      throw new UnreadableException(kind, String.valueOf(e.getMessage()));
    }
  }

  private static String text(Map<String, Datum> said, String field) {
    return said.get(field) instanceof Datum.Text(String text) ? text : "";
  }

  private static long number(Map<String, Datum> said, String field) {
    return said.get(field) instanceof Datum.Count(long number) ? number : -1;
  }

  private static @Nullable Long time(Map<String, Datum> said, String field) {
    return said.get(field) instanceof Datum.Count(long nanos) ? nanos : null;
  }

  private static List<Datum> values(Map<String, Datum> said, String field) {
    return said.get(field) instanceof Datum.Row(List<Datum> values) ? values : List.of();
  }
}

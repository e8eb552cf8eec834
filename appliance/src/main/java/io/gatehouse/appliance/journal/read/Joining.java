package io.gatehouse.appliance.journal.read;

import io.gatehouse.appliance.journal.record.Datum;
import io.gatehouse.appliance.journal.record.RecordReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a record of the parts that stand before it. Takes the records of any sessions in their
 * order, and holds the parts of what is not there yet. Not thread-safe.
 */
public final class Joining {
  private static final String PARTS = "parts";

  private final Map<UUID, List<byte[]>> held = new HashMap<>();

  /** What the record says; empty for a part, of which the record behind it says everything. */
  public Optional<Content> next(Entry entry, Content content) {
    UUID session = entry.row().session();
    if (content instanceof Content.Part(byte[] bytes)) {
      held.computeIfAbsent(session, _ -> new ArrayList<>()).add(bytes);
      return Optional.empty();
    }
    List<byte[]> parts = held.remove(session);
    if (content instanceof Content.Said said && said.number(PARTS) > 0) {
      return Optional.of(joined(said, parts == null ? List.of() : parts));
    }
    return Optional.of(content);
  }

  private static Content joined(Content.Said said, List<byte[]> parts) {
    if (parts.size() != said.number(PARTS)) {
      return said;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.forEach(whole::writeBytes);
    try {
      Map<String, Datum> fields =
          new LinkedHashMap<>(RecordReader.read(said.kind(), whole.toByteArray()));
      fields.put(PARTS, new Datum.Count(parts.size()));
      return new Content.Said(said.kind(), fields);
    } catch (RecordReader.Malformed e) {
      return new Content.Unreadable("its parts are not a record: " + e.getMessage());
    }
  }
}

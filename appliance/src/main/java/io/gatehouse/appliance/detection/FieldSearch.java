package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.mask.detect.Finding;
import io.gatehouse.appliance.mask.type.Fit;
import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.spi.FieldMask;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Looks through the fields of one column of one result. A field in which nothing is to be hidden
 * passes as it came. If a detector fails, so does the result. Owned by the session's event loop.
 */
final class FieldSearch implements FieldMask {
  private final ValueType type;
  private final boolean binary;
  private final Looking looking;

  FieldSearch(Search search, ValueType type, boolean binary, Tally.Place place, Tally tally) {
    this.type = type;
    this.binary = binary;
    looking = new Looking(search, place, tally);
  }

  @Override
  public Value mask(Value original) {
    looking.begin();
    return switch (original) {
      case Value.Text text -> text(text);
      case Value.Json json -> json(json);
      case Value.Opaque opaque -> wire(opaque);
      case Value.Null _, Value.Bool _, Value.Int _, Value.Decimal _, Value.Real _ -> original;
      case Value.Uuid _, Value.Date _, Value.Timestamp _, Value.Instant _ -> original;
      case Value.Special _, Value.Bytes _ -> original;
    };
  }

  private Value text(Value.Text text) {
    byte[] bytes = text.value().getBytes(StandardCharsets.UTF_8);
    List<Finding> hidden = looking.at(bytes, 0, bytes.length);
    if (hidden.isEmpty()) {
      return text;
    }
    if (type.family() == TypeFamily.XML) {
      // A marker could stand across its marks.
      return WholeValue.of(type);
    }
    byte[] marked = Markers.put(bytes, 0, bytes.length, hidden);
    return fitting(new Value.Text(new String(marked, StandardCharsets.UTF_8)));
  }

  private Value json(Value.Json json) {
    byte[] marked = JsonSearch.search(json.value().getBytes(StandardCharsets.UTF_8), looking);
    return marked == null
        ? json
        : fitting(new Value.Json(new String(marked, StandardCharsets.UTF_8)));
  }

  /** A value that is not understood cannot be written with a marker in it. */
  private Value wire(Value.Opaque opaque) {
    byte[] bytes = opaque.wire();
    boolean hidden =
        binary ? WireParts.search(bytes, looking) : !looking.at(bytes, 0, bytes.length).isEmpty();
    return hidden ? WholeValue.of(type) : opaque;
  }

  private Value fitting(Value marked) {
    return Fit.of(marked, type).orElseGet(() -> WholeValue.of(type));
  }
}

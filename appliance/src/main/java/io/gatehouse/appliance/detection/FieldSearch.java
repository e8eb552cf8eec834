package io.gatehouse.appliance.detection;

import io.gatehouse.appliance.mask.detect.Finding;
import io.gatehouse.appliance.mask.type.Fit;
import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.plugin.Verdict.OnFinding;
import io.gatehouse.spi.FieldMask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through the fields of one column of one result. A field in which nothing is to be hidden
 * passes as it came. If a detector fails, so does the result. Owned by the session's event loop.
 */
final class FieldSearch implements FieldMask {
  /**
   * Matching one pattern of a policy's own takes up to a microsecond a byte, and nothing else of
   * the event loop runs meanwhile.
   */
  static final int MOST_FOR_PATTERNS = 1 << 16;

  /** In the place of a kind: what is not searched for patterns, because the field is too long. */
  static final String TOO_LONG = "too-long";

  private final Search search;
  private final ValueType type;
  private final boolean binary;
  private final Tally.Place place;
  private final Tally tally;

  /** How many bytes of the field at hand were looked through, with those at hand. */
  private long looked;

  FieldSearch(Search search, ValueType type, boolean binary, Tally.Place place, Tally tally) {
    this.search = search;
    this.type = type;
    this.binary = binary;
    this.place = place;
    this.tally = tally;
  }

  @Override
  public Value mask(Value original) {
    looked = 0;
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
    List<Finding> hidden = look(bytes, 0, bytes.length);
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
    byte[] marked = JsonSearch.search(json.value().getBytes(StandardCharsets.UTF_8), this::look);
    return marked == null
        ? json
        : fitting(new Value.Json(new String(marked, StandardCharsets.UTF_8)));
  }

  /** A value that is not understood cannot be written with a marker in it. */
  private Value wire(Value.Opaque opaque) {
    byte[] bytes = opaque.wire();
    boolean hidden =
        binary ? WireParts.search(bytes, this::look) : !look(bytes, 0, bytes.length).isEmpty();
    return hidden ? WholeValue.of(type) : opaque;
  }

  private Value fitting(Value marked) {
    return Fit.of(marked, type).orElseGet(() -> WholeValue.of(type));
  }

  /** Counts what is found, and says what is to be hidden of it. */
  private List<Finding> look(byte[] bytes, int from, int to) {
    looked += to - from;
    List<Finding> hidden = List.of();
    for (Search.Part part : search.parts()) {
      List<Finding> found =
          !part.patterns().isEmpty() && looked > MOST_FOR_PATTERNS && to > from
              ? List.of(new Finding(TOO_LONG, from, to))
              : part.finder().find(bytes, from, to);
      if (!found.isEmpty()) {
        tally.add(place, part, found);
        hidden = part.found() == OnFinding.MASK ? joined(hidden, found) : hidden;
      }
    }
    return hidden;
  }

  private static List<Finding> joined(List<Finding> one, List<Finding> other) {
    if (one.isEmpty()) {
      return other;
    }
    List<Finding> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}

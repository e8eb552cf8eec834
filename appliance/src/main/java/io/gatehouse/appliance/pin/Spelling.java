package io.gatehouse.appliance.pin;

import io.gatehouse.appliance.control.Definition;
import io.gatehouse.appliance.control.DefinitionKey;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonMember;
import io.gatehouse.spi.json.JsonValue;
import io.gatehouse.spi.json.JsonWriter;
import io.gatehouse.spi.login.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one spelling of a definition: members by name, numbers and strings in one form. Two that mean
 * the same JSON are the same text. Nothing is left out but the item's own {@code _meta}, which is
 * for programs; what is called so further inside stays.
 */
final class Spelling {
  /** Of an item as it came. A longer one cannot be accepted. */
  static final int MOST_BYTES = 256 << 10;

  private static final String META = "_meta";

  /** Longer whole numbers are written with an exponent. */
  private static final int PLAIN_DIGITS = 20;

  private Spelling() {}

  /** Empty if it is too long. */
  static Optional<Definition> of(DefinitionKey key, JsonValue item) {
    if (item.end() - item.start() > MOST_BYTES) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> members = new TreeMap<>();
    for (JsonMember member : item.members()) {
      if (!member.name().equals(META)) {
        members.put(member.name(), spelled(member.value()));
      }
    }
    byte[] text = JsonWriter.bytes(members);
    return Optional.of(
        new Definition(
            key,
            HexFormat.of().formatHex(Sha256.digest(text)),
            new String(text, StandardCharsets.UTF_8)));
  }

  /** As deep as JSON is read. */
  private static @Nullable Object spelled(JsonValue value) {
    if (value.is(JsonKind.OBJECT)) {
      Map<String, @Nullable Object> members = new TreeMap<>();
      value.members().forEach(member -> members.put(member.name(), spelled(member.value())));
      return members;
    }
    if (value.is(JsonKind.ARRAY)) {
      List<@Nullable Object> items = new ArrayList<>(value.size());
      value.items().forEach(item -> items.add(spelled(item)));
      return items;
    }
    return value.is(JsonKind.NUMBER) ? number(value.decimal()) : value.plain();
  }

  private static BigDecimal number(BigDecimal exact) {
    BigDecimal shortest = exact.stripTrailingZeros();
    return shortest.scale() < 0 && shortest.precision() - shortest.scale() <= PLAIN_DIGITS
        ? shortest.setScale(0)
        : shortest;
  }
}

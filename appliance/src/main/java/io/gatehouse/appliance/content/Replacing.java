package io.gatehouse.appliance.content;

import io.gatehouse.appliance.mask.MaskCatalog;
import io.gatehouse.appliance.protection.MaskSource;
import io.gatehouse.appliance.protection.MaskTally;
import io.gatehouse.plugin.TypeFamily;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import io.gatehouse.plugin.Verdict;
import io.gatehouse.spi.FieldMask;
import io.gatehouse.spi.json.JsonKind;
import io.gatehouse.spi.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Masks single values of JSON, each as what it is: whoever reads them has a schema for them. */
final class Replacing {
  private static final ValueType TEXT = ValueType.of(TypeFamily.TEXT);
  private static final ValueType TRUTH = ValueType.of(TypeFamily.BOOL);
  private static final ValueType FRACTION = ValueType.of(TypeFamily.NUMERIC);

  /** All of these are exact in a double, which most readers take numbers for. */
  private static final ValueType WHOLE = ValueType.decimal(15, 0);

  private static final ValueType LONG_WHOLE = ValueType.decimal(38, 0);

  private final String rule;
  private final ValueMasks masks;
  private final MaskTally tally;
  private final Map<Wanted, Optional<FieldMask>> made = new HashMap<>();

  /** Of a rule, by its number. */
  private record Wanted(int term, String label, ValueType type) {}

  Replacing(String rule, ValueMasks masks, MaskTally tally) {
    this.rule = rule;
    this.masks = masks;
    this.tally = tally;
  }

  /**
   * @param leaf no array and no object
   * @param label where it stands, in the words of the rule
   */
  Replacement of(JsonValue leaf, Term term, String label) {
    if (leaf.is(JsonKind.NULL)) {
      // Of which type it would be nobody knows.
      return new Replacement.Same();
    }
    ValueType type = type(leaf);
    Value original = value(leaf, type);
    Value masked =
        made.computeIfAbsent(new Wanted(term.number(), label, type), wanted -> make(term, wanted))
            .map(mask -> mask.mask(original))
            .orElse(Value.NULL);
    return replacement(masked, original, type)
        .orElseGet(() -> misfit(term, label, type, "it gives no value of that type"));
  }

  /** Counts what is left out as a whole. */
  void withheld(Term term, String label) {
    made.computeIfAbsent(
            new Wanted(term.number(), "withheld " + label, TEXT),
            _ -> Optional.of(tally.counted(term.number(), label, "withheld", _ -> Value.NULL)))
        .ifPresent(mask -> mask.mask(new Value.Bool(true)));
  }

  private Optional<FieldMask> make(Term term, Wanted wanted) {
    Verdict.Masked masked = term.masked();
    return switch (masks.find(masked.mask(), wanted.type())) {
      case MaskSource.Found.Mask(FieldMask mask, String name) ->
          Optional.of(tally.counted(wanted.term(), wanted.label(), name, mask));
      case MaskSource.Found.None(String why) ->
          switch (masked.fields().misfit()) {
            case REFUSE -> throw Withheld.misfit(rule, masked.mask(), wanted.label(), why);
            case REDACT ->
                Optional.of(
                    tally.counted(
                        wanted.term(), wanted.label(), "whole", MaskCatalog.whole(wanted.type())));
            case NOTHING -> Optional.empty();
          };
    };
  }

  private Replacement misfit(Term term, String label, ValueType type, String why) {
    return switch (term.masked().fields().misfit()) {
      case REFUSE -> throw Withheld.misfit(rule, term.masked().mask(), label, why);
      case REDACT -> {
        Value whole = MaskCatalog.whole(type).mask(Value.NULL);
        yield replacement(whole, Value.NULL, type).orElseGet(Replacement.Nothing::new);
      }
      case NOTHING -> new Replacement.Nothing();
    };
  }

  @SuppressWarnings("ReferenceEquality") // the very value stays as it was
  private static Optional<Replacement> replacement(Value masked, Value original, ValueType type) {
    if (masked == original) {
      return Optional.of(new Replacement.Same());
    }
    return switch (masked) {
      case Value.Text(String text) when type.equals(TEXT) ->
          Optional.of(new Replacement.Text(text));
      case Value.Bool(boolean truth) when type.equals(TRUTH) ->
          Optional.of(new Replacement.Truth(truth));
      case Value.Decimal(BigDecimal number) -> Optional.of(number(number, type));
      case Value.Int(long number) -> Optional.of(number(BigDecimal.valueOf(number), type));
      default -> Optional.empty();
    };
  }

  private static Replacement number(BigDecimal number, ValueType type) {
    boolean fits = type.family() == TypeFamily.NUMERIC;
    return fits
        ? new Replacement.Amount(number.setScale(Math.max(0, number.scale())))
        : new Replacement.Nothing();
  }

  private static ValueType type(JsonValue leaf) {
    return switch (leaf.kind()) {
      case STRING -> TEXT;
      case BOOLEAN -> TRUTH;
      case NUMBER -> {
        BigDecimal number = leaf.decimal();
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        boolean shortOne = number.abs().compareTo(BigDecimal.TEN.pow(15)) < 0;
        yield whole ? shortOne ? WHOLE : LONG_WHOLE : FRACTION;
      }
      case NULL, ARRAY, OBJECT -> throw new IllegalArgumentException("no single value");
    };
  }

  private static Value value(JsonValue leaf, ValueType type) {
    if (type.equals(TEXT)) {
      return new Value.Text(leaf.text());
    }
    return type.equals(TRUTH) ? new Value.Bool(leaf.truth()) : new Value.Decimal(leaf.decimal());
  }
}

package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.MaskKind;
import io.gatehouse.plugin.Value;
import io.gatehouse.plugin.ValueType;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/** The first day of a date's month, quarter, year or decade. */
final class CalendarKind implements MaskKind {
  private static final Set<String> PERIODS = Set.of("month", "quarter", "year", "decade");

  @Override
  public String name() {
    return "generalize";
  }

  @Override
  public Made make(Map<String, String> parameters, ValueType type) {
    Settings settings = new Settings(name(), parameters, type);
    boolean keepsNull = settings.flag("keep-null", true);
    settings.required("to");
    String period = settings.word("to", "year", PERIODS);
    switch (type.family()) {
      case DATE, TIMESTAMP, TIMESTAMPTZ -> {}
      default -> settings.undefined("it is for date, timestamp and timestamptz");
    }
    Value whole = WholeValue.of(type);
    return settings.made(
        new ByValue(
            name() + "(to=" + period + ")", keepsNull, value -> masked(value, period, whole)));
  }

  private static Value masked(Value value, String period, Value whole) {
    return switch (value) {
      case Value.Date date -> new Value.Date(first(date.value(), period));
      case Value.Timestamp time ->
          new Value.Timestamp(first(time.value().toLocalDate(), period).atStartOfDay());
      case Value.Instant time -> new Value.Instant(first(time.value(), period));
      default -> whole;
    };
  }

  /**
   * By the calendar of UTC and with its offset: in the session's own, two zones would show the day
   * between them, and the offset whether it was summer.
   */
  private static OffsetDateTime first(OffsetDateTime time, String period) {
    LocalDate day = time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    return first(day, period).atStartOfDay().atOffset(ZoneOffset.UTC);
  }

  private static LocalDate first(LocalDate day, String period) {
    LocalDate month = day.withDayOfMonth(1);
    return switch (period) {
      case "month" -> month;
      case "quarter" -> month.withMonth((month.getMonthValue() - 1) / 3 * 3 + 1);
      case "year" -> month.withMonth(1);
      default -> month.withMonth(1).withYear(Math.floorDiv(month.getYear(), 10) * 10);
    };
  }
}

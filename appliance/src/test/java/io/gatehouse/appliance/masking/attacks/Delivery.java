package io.gatehouse.appliance.masking.attacks;

import io.gatehouse.appliance.masking.Format;
import io.gatehouse.appliance.masking.twin.Step;
import io.gatehouse.appliance.masking.twin.Step.Extended;
import io.gatehouse.appliance.masking.twin.Step.Paged;
import io.gatehouse.appliance.masking.twin.Step.Simple;
import java.util.List;

/** A way to send a query that changes nothing. */
public enum Delivery {
  SIMPLE,
  EXTENDED_TEXT,
  EXTENDED_BINARY,
  SUSPENDED_TEXT,
  SUSPENDED_BINARY,
  COPY_TEXT,
  COPY_CSV,
  COPY_BINARY,
  CURSOR,
  BINARY_CURSOR,
  PREPARED;

  List<Step> of(String sql) {
    return switch (this) {
      case SIMPLE -> List.of(new Simple(sql));
      case EXTENDED_TEXT -> List.of(new Extended(sql, List.of(), Format.TEXT));
      case EXTENDED_BINARY -> List.of(new Extended(sql, List.of(), Format.BINARY));
      case SUSPENDED_TEXT -> List.of(new Paged(sql, 1, Format.TEXT));
      case SUSPENDED_BINARY -> List.of(new Paged(sql, 1, Format.BINARY));
      case COPY_TEXT -> List.of(new Simple("COPY (" + sql + ") TO STDOUT"));
      case COPY_CSV ->
          List.of(
              new Extended(
                  "COPY (" + sql + ") TO STDOUT (FORMAT csv, HEADER true)",
                  List.of(),
                  Format.TEXT));
      case COPY_BINARY -> List.of(new Simple("COPY (" + sql + ") TO STDOUT (FORMAT binary)"));
      case CURSOR -> cursor("DECLARE d SCROLL CURSOR WITH HOLD FOR " + sql);
      case BINARY_CURSOR -> cursor("DECLARE d BINARY CURSOR FOR " + sql);
      case PREPARED ->
          List.of(
              new Simple("PREPARE d AS " + sql), new Simple("EXECUTE d"), new Simple("EXECUTE d"));
    };
  }

  private static List<Step> cursor(String declare) {
    return List.of(
        new Simple("BEGIN"),
        new Simple(declare),
        new Simple("FETCH 1 FROM d"),
        new Extended("FETCH FORWARD ALL FROM d", List.of(), Format.TEXT),
        new Simple("COMMIT"));
  }
}

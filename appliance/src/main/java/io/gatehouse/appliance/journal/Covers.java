package io.gatehouse.appliance.journal;

import io.gatehouse.appliance.journal.key.ClearText;
import io.gatehouse.appliance.journal.key.Cover;
import io.gatehouse.appliance.journal.key.DataKey;
import io.gatehouse.appliance.journal.record.Kind;

/** What a record goes under. */
final class Covers {
  /** Of the payloads in clear text, which are never pruned. */
  private static final ClearText CLEAR = new ClearText(0);

  private Covers() {}

  static Cover of(Kind kind, DataKey key) {
    return switch (kind.payload()) {
      case SECRET -> key;
      case CLEAR -> CLEAR;
    };
  }
}

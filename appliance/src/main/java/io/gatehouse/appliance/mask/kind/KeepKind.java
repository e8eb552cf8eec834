package io.gatehouse.appliance.mask.kind;

import io.gatehouse.appliance.mask.type.WholeValue;
import io.gatehouse.plugin.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The first or last characters, with stars for all others together, so that nobody can count them.
 * A text of which they would be more than half shows none.
 */
final class KeepKind extends PartialKind {
  private static final int MOST = 64;

  private final boolean last;

  private KeepKind(String name, boolean last) {
    super(name);
    this.last = last;
  }

  static KeepKind last() {
    return new KeepKind("keep-last", true);
  }

  static KeepKind first() {
    return new KeepKind("keep-first", false);
  }

  @Override
  Partial partial(Settings settings, ValueType type) {
    int count = settings.number("count", 4, 1, MOST);
    if (type.length() != 0 && 2 * count > type.length()) {
      settings.problem(
          "count must be at most half of the column's length, which is " + type.length());
    }
    int room = type.length() == 0 ? Integer.MAX_VALUE : type.length();
    String stars =
        WholeValue.STARS.substring(
            0, Math.max(0, Math.min(WholeValue.STARS.length(), room - count)));
    return text -> shown(text, count, stars);
  }

  private @Nullable String shown(String text, int count, String stars) {
    int length = text.codePointCount(0, text.length());
    if (length < 2 * count) {
      return null;
    }
    return last
        ? stars + text.substring(text.offsetByCodePoints(text.length(), -count))
        : text.substring(0, text.offsetByCodePoints(0, count)) + stars;
  }
}

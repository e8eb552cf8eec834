package io.gatehouse.appliance.mask.kind;

import io.gatehouse.plugin.ValueType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first letter of the person and, unless it is to be hidden, the domain. */
final class EmailKind extends PartialKind {
  private static final int LONGEST = 254;

  EmailKind() {
    super("email");
  }

  @Override
  Partial partial(Settings settings, ValueType type) {
    boolean hidden = settings.word("domain", "keep", Set.of("keep", "hide")).equals("hide");
    // the stars can make an address longer than it was
    int room = type.length() == 0 ? LONGEST : type.length();
    return text -> shown(text, hidden, room);
  }

  private static @Nullable String shown(String text, boolean hidden, int room) {
    int at = text.indexOf('@');
    boolean address =
        at > 0
            && at == text.lastIndexOf('@')
            && text.length() <= LONGEST
            && text.indexOf('.', at) > at + 1
            && !text.endsWith(".")
            && text.chars().allMatch(c -> c > ' ' && c != '"' && c != 0x7F);
    if (!address) {
      return null;
    }
    // of one letter the first would be all
    int first = text.codePointCount(0, at) < 2 ? 0 : text.offsetByCodePoints(0, 1);
    String shown = text.substring(0, first) + "***@" + (hidden ? "***" : text.substring(at + 1));
    return shown.codePointCount(0, shown.length()) <= room ? shown : null;
  }
}

package io.gatehouse.mysql;

import io.gatehouse.mysql.message.ErrPacket;
import io.gatehouse.spi.Refusal;

/** The one mapping from the gate's refusals to MySQL's errors. */
public final class GateErrors {

  /** What clients keep of a message (MYSQL_ERRMSG_SIZE), in bytes. */
  private static final int MOST_CHARACTERS = 511;

  private GateErrors() {}

  /** An error has one text, so that detail and hint stand behind the message. */
  public static ErrPacket error(Refusal refusal) {
    StringBuilder text = new StringBuilder(refusal.message());
    sentence(text, refusal.detail());
    sentence(text, refusal.hint());
    return new ErrPacket(code(refusal.kind()), state(refusal), cut(text.toString()));
  }

  private static void sentence(StringBuilder text, @org.jspecify.annotations.Nullable String more) {
    if (more != null) {
      boolean ended = text.length() > 0 && ".!?".indexOf(text.charAt(text.length() - 1)) >= 0;
      text.append(ended ? " " : ". ").append(more);
    }
  }

  /** At a character's end, counted as if each took three bytes at the most. */
  private static String cut(String text) {
    String plain = text.replace('\0', ' ');
    int bytes = 0;
    for (int i = 0; i < plain.length(); i++) {
      char character = plain.charAt(i);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
      if (bytes > MOST_CHARACTERS) {
        return plain.substring(0, Character.isLowSurrogate(character) ? i - 1 : i);
      }
    }
    return plain;
  }

  private static String state(Refusal refusal) {
    String given = refusal.code();
    return given != null && given.matches("[0-9A-Z]{5}") ? given : sqlState(refusal.kind());
  }

  /** MySQL Server Error Reference. */
  private static int code(Refusal.Kind kind) {
    return switch (kind) {
      case IDENTITY -> 1045;
      case UNKNOWN_TARGET -> 1049;
      case POLICY, NOT_UNDERSTOOD -> 1142;
      case LIMIT -> 1226;
      case WITHDRAWN -> 1317;
      case UNAVAILABLE, INTERNAL -> 1105;
      case KILLED -> 1053;
      case UNSUPPORTED -> 1235;
    };
  }

  private static String sqlState(Refusal.Kind kind) {
    return switch (kind) {
      case IDENTITY -> "28000";
      case UNKNOWN_TARGET, POLICY, NOT_UNDERSTOOD, LIMIT, UNSUPPORTED -> "42000";
      case WITHDRAWN -> "70100";
      case UNAVAILABLE, INTERNAL -> "HY000";
      case KILLED -> "08S01";
    };
  }
}

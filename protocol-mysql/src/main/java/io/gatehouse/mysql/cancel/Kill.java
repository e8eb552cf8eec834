package io.gatehouse.mysql.cancel;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statement by which drivers end what takes too long, and clients what they no longer want.
 *
 * @param connection whether the session is to end too
 * @param number as the client wrote it
 */
public record Kill(boolean connection, String number) {
  private static final int MOST_BYTES = 128;

  /** The largest number that a greeting has room for. */
  private static final long MOST = 0xFFFF_FFFFL;

  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*KILL(?:\\s+(?<what>QUERY|CONNECTION))?\\s+(?<number>[0-9]{1,20})\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE);

  /**
   * The text is this and nothing else. Every character set that a client may speak has these
   * letters at the same bytes. What is written in any other way is a statement like others.
   */
  public static Optional<Kill> of(byte[] text) {
    if (text.length > MOST_BYTES) {
      return Optional.empty();
    }
    Matcher matcher = TEXT.matcher(new String(text, StandardCharsets.ISO_8859_1));
    return matcher.matches()
        ? Optional.of(
            new Kill(!"QUERY".equalsIgnoreCase(matcher.group("what")), matcher.group("number")))
        : Optional.empty();
  }

  public boolean means(int connectionId) {
    return connectionId() == connectionId;
  }

  /** The number of a greeting; 0, which nobody has, if there is no such number. */
  int connectionId() {
    return number.length() <= 10 && Long.parseLong(number) <= MOST
        ? Integer.parseUnsignedInt(number)
        : 0;
  }
}

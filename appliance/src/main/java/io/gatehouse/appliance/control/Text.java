package io.gatehouse.appliance.control;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that both databases keep as it is: PostgreSQL takes no NUL, UTF-8 no half of a pair. */
final class Text {
  static final int MOST_CHARACTERS = 1_024;

  private Text() {}

  /** Returns the value; what it is called is for the message. */
  static String checked(String what, String value) {
    if (value.isBlank() || value.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          what + " must have 1 to " + MOST_CHARACTERS + " characters, not only blanks");
    }
    if (value.chars().anyMatch(Character::isISOControl) || !encodable(value)) {
      throw new IllegalArgumentException(
          what + " has a control character or half of a surrogate pair");
    }
    return value;
  }

  private static boolean encodable(String value) {
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      return true;
    } catch (CharacterCodingException halfOfPair) {
      return false;
    }
  }
}

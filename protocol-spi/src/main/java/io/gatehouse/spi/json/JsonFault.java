package io.gatehouse.spi.json;

/** Why a text was not read. */
public enum JsonFault {
  ENDS_EARLY("it ends early", false),
  UNEXPECTED("a character that JSON does not allow there", false),
  TRAILING("something stands behind the value", false),
  BYTE_ORDER_MARK("it begins with a byte order mark", false),
  NOT_UTF8("it is not UTF-8", false),
  CONTROL_CHARACTER("a control character in a string", false),
  BAD_ESCAPE("an escape that JSON does not know", false),
  HALF_A_CHARACTER("half a surrogate pair", false),
  BAD_NUMBER("a number that JSON does not know", false),
  REPEATED_NAME("a name stands twice in an object", false),
  NUMBER_TOO_BIG("a number that is too long or too big", true),
  TOO_DEEP("arrays and objects too deep in each other", true),
  TOO_MANY_VALUES("too many values", true),
  TOO_MANY_BYTES("too many bytes", true);

  private final String meaning;
  private final boolean limit;

  JsonFault(String meaning, boolean limit) {
    this.meaning = meaning;
    this.limit = limit;
  }

  /** For messages; without a word of the text. */
  public String meaning() {
    return meaning;
  }

  /** Whether a greater limit would have read it. */
  public boolean limit() {
    return limit;
  }
}

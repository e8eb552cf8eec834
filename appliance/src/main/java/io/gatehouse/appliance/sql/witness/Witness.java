package io.gatehouse.appliance.sql.witness;

/** A second reading. Any thread may ask, and it is the asking thread that reads. */
public interface Witness {
  /** For metrics and reasons: one lower-case word. */
  String name();

  /**
   * Reads a text. Never throws: whatever goes wrong is silence. Takes as long as the bounds on
   * length and nesting let it, so not on an event loop.
   *
   * @param canonicalText tokens as the first reading saw them, a single space between each two, no
   *     comments, literals as {@code 'text'} with doubled quotes, numbers in decimal, each
   *     parameter as {@code ?}, names as they were written but without Unicode escapes
   */
  Testimony testify(String canonicalText);
}

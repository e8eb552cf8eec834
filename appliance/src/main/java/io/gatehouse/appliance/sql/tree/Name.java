package io.gatehouse.appliance.sql.tree;

/**
 * One identifier as the server will look it up: already folded and cut to the server's length.
 *
 * @param quoted whether it was written in quotes, which also keeps it from being a keyword
 */
public record Name(String text, boolean quoted) {
  public static Name of(String text) {
    return new Name(text, false);
  }

  @Override
  public String toString() {
    return text;
  }
}

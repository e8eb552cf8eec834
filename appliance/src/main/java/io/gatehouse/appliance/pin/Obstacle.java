package io.gatehouse.appliance.pin;

/** Why something is not called. */
public enum Obstacle {
  /** What the server says of it is not what was accepted. */
  CHANGED("what the server says of it has changed since it was accepted"),
  /** Nobody has accepted what the server says of it. */
  NOT_ACCEPTED("nobody has accepted what the server says of it"),
  /** No definition can be taken from what the server says. */
  TOO_LONG("what the server says of it is longer than a definition may be"),
  TWICE("the server says two different things of it in one list"),
  /** More is to be kept than there is room for. */
  CROWDED("what the server says of it cannot be kept yet"),
  FULL("the target has more definitions than are kept");

  private final String words;

  Obstacle(String words) {
    this.words = words;
  }

  /** The end of a sentence that begins with what it is. */
  public String words() {
    return words;
  }
}

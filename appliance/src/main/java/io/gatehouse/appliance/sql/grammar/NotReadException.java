package io.gatehouse.appliance.sql.grammar;

/** Why and where a text was not read. It never leaves a reader. */
public final class NotReadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;

  public NotReadException(String reason, int position) {
    // A refused text is ordinary traffic: its cost must not depend on the depth of the stack.
    super(reason, null, false, false);
    this.position = position;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }

  public int position() {
    return position;
  }
}

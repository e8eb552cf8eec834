package io.gatehouse.appliance.sql.postgres;

/** Why and where a text was not read. It never leaves this package. */
final class NotReadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;

  NotReadException(String reason, int position) {
    // A refused text is ordinary traffic: its cost must not depend on the depth of the stack.
    super(reason, null, false, false);
    this.position = position;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  int position() {
    return position;
  }
}

package io.gatehouse.appliance.sql.analysis;

/**
 * A statement is not understood. Stackless: hostile text makes many of them, and the reason says
 * where it stopped.
 */
public final class DoubtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean awaitsNames;

  private DoubtException(String reason, boolean awaitsNames) {
    super(reason, null, false, false);
    this.awaitsNames = awaitsNames;
  }

  public static DoubtException of(String reason) {
    return new DoubtException(reason, false);
  }

  /** The same statement is understood once names are known, or when it says the schema itself. */
  public static DoubtException awaitingNames(String name) {
    return new DoubtException(
        "what \"" + name + "\" means is not known while an earlier command is under way", true);
  }

  public boolean awaitsNames() {
    return awaitsNames;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}

package io.gatehouse.plugin.secret;

/** Why a source has no secret to give. Neither a secret nor a cause that could have one. */
public final class SecretUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is: it tells the operator where to look. */
  public enum Reason {
    /** The reference makes no sense to the source. */
    REFERENCE,
    /** The source does not let the gate in, or not to this secret. */
    DENIED,
    /** There is no such secret. */
    NOT_FOUND,
    /** Nobody answers, or whoever answers is not who it should be. */
    UNREACHABLE,
    /** The answer is not one of the source's. */
    UNREADABLE
  }

  private final Reason reason;

  /**
   * @param message for the log and the operator; never anything that was received with a secret
   */
  public SecretUnavailableException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

package io.gatehouse.appliance;

/** The gate could not start although its configuration is in order. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}

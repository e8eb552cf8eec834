package io.gatehouse.spi.message;

/**
 * The peer sent what the protocol does not allow. Its message holds no data of the peer's and may
 * be shown. Without a stack trace: a hostile peer decides how often it is thrown.
 */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message, null, false, false);
  }
}

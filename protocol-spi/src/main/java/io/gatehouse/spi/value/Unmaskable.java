package io.gatehouse.spi.value;

/**
 * A row could not be masked. Says the column and why, never a value; what a mask threw is named by
 * its class only, because its message may quote the value. Without a stack trace.
 */
public final class Unmaskable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Unmaskable(String message) {
    super(message, null, false, false);
  }
}

package io.gatehouse.appliance.control;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The store did not do what it was asked; the message says what to look at, never what was kept.
 */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  private final StoreFailure failure;

  public StoreException(StoreFailure failure, String message) {
    super(message);
    this.failure = failure;
  }

  public StoreException(StoreFailure failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /** What a stage of the store failed with, out of what stages wrap it in. */
  public static StoreException from(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof StoreException own
        ? own
        : new StoreException(StoreFailure.BROKEN, "the control store failed: " + cause, cause);
  }

  public StoreFailure failure() {
    return failure;
  }
}

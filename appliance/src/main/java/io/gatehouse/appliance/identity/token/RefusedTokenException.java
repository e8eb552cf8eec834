package io.gatehouse.appliance.identity.token;

/** Ends a check. Has neither stack nor words: whoever sends tokens must not make them dear. */
final class RefusedTokenException extends Exception {
  private final TokenRefusal reason;

  RefusedTokenException(TokenRefusal reason) {
    super(reason.code(), null, false, false);
    this.reason = reason;
  }

  TokenRefusal reason() {
    return reason;
  }
}

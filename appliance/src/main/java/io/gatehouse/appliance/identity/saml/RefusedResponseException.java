package io.gatehouse.appliance.identity.saml;

/** Ends a check. Has neither stack nor words: whoever sends responses must not make them dear. */
final class RefusedResponseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SamlRefusal reason;

  RefusedResponseException(SamlRefusal reason) {
    super(reason.code(), null, false, false);
    this.reason = reason;
  }

  SamlRefusal reason() {
    return reason;
  }

  static void unless(boolean sound, SamlRefusal reason) throws RefusedResponseException {
    if (!sound) {
      throw new RefusedResponseException(reason);
    }
  }
}

package io.gatehouse.appliance.credential;

import java.io.IOException;

/** A place where a secret should be gave none. The message has the place and the reason. */
final class NoCredentialException extends IOException {
  private static final long serialVersionUID = 1L;

  NoCredentialException(String message) {
    super(message);
  }
}

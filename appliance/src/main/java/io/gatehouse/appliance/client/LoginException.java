package io.gatehouse.appliance.client;

import java.io.IOException;

/** Why nobody was logged in; the message is for the person, and has neither token nor password. */
public final class LoginException extends IOException {
  private static final long serialVersionUID = 1L;

  public LoginException(String message) {
    super(message);
  }

  LoginException(String message, Throwable cause) {
    super(message, cause);
  }
}

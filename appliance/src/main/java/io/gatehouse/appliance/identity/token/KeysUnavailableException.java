package io.gatehouse.appliance.identity.token;

/** Keys could not be fetched. Its message is for the log; nothing of an answer is in it. */
final class KeysUnavailableException extends Exception {
  KeysUnavailableException(String message) {
    super(message);
  }
}

package io.gatehouse.plugin.secret;

/** The configuration of a source makes no sense. The message is for whoever wrote it. */
public final class UnusableSettingException extends Exception {
  private static final long serialVersionUID = 1L;

  /** No secret in it. */
  public UnusableSettingException(String message) {
    super(message, null, false, false);
  }
}

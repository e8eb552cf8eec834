package io.gatehouse.appliance.plugin;

/** A plugin that was asked for is not loaded, so the gate does not start. Names the file. */
public final class UnusablePluginException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnusablePluginException(String message) {
    super(message);
  }

  UnusablePluginException(String message, Throwable cause) {
    super(message, cause);
  }
}

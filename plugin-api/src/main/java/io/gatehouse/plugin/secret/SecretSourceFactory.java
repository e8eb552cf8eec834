package io.gatehouse.plugin.secret;

/** One kind of place where secrets are. Called by the thread that starts the gate. */
public interface SecretSourceFactory {
  /** What the configuration calls it under {@code kind}: small letters, digits and dashes. */
  String kind();

  /**
   * A source as the configuration has it; once for each, at the start and at each check. Reads
   * files, and asks nobody: whoever is asked may be away while a configuration is checked.
   *
   * @throws UnusableSettingException the start stops with its message
   */
  SecretSource open(SourceSettings settings) throws UnusableSettingException;
}

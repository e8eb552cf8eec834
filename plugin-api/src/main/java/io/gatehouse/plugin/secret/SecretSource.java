package io.gatehouse.plugin.secret;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A place where secrets are, as the configuration has it.
 *
 * <p>Both questions are put by one thread that is the source's own, one after another, never by an
 * event loop; they may wait. When the time that the configuration allows is over the thread is
 * interrupted, and whatever comes after that is thrown away. What is thrown but not declared is a
 * fault of the source: the gate logs its class, not its message.
 */
public interface SecretSource extends AutoCloseable {
  /**
   * The secret as it is now. Asked for again as often as there is a reason, also while an older one
   * is good.
   *
   * @param reference the keys of the reference that are not the gate's own, with values as text
   */
  FetchedSecret fetch(Map<String, String> reference) throws SecretUnavailableException;

  /**
   * Makes a secret that was fetched end later; how long it is good from now on. Empty where it
   * cannot be: another is fetched then.
   *
   * @param lease what {@link Term.Ends} had
   */
  default Optional<Duration> extend(String lease) throws SecretUnavailableException {
    return Optional.empty();
  }

  /** When the gate ends; no question is under way. Wipes what it kept. */
  @Override
  void close();
}

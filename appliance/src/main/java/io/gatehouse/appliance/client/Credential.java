package io.gatehouse.appliance.client;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What the desk issued. Says nothing of what proves it.
 *
 * @param user the name at logins
 * @param bearer both in one piece, for the desk
 * @param expires from when on it is of no use
 * @param subject who it is
 */
public record Credential(
    String user, String password, String bearer, Instant expires, String subject) {
  /** What can stand in a path, a header and an environment as it is. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]{1,256}");

  public Credential {
    if (!PLAIN.matcher(user).matches()
        || !PLAIN.matcher(password).matches()
        || !PLAIN.matcher(bearer).matches()) {
      throw new IllegalArgumentException("a credential has a form that no gate gives it");
    }
  }

  @Override
  public String toString() {
    return user;
  }
}

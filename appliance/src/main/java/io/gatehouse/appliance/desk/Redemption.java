package io.gatehouse.appliance.desk;

import io.gatehouse.appliance.identity.token.Json;
import io.gatehouse.appliance.identity.token.JsonReader;
import io.gatehouse.appliance.identity.token.UnreadableJsonException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code {"code": ..., "verifier": ..., "minutes": 30}}. Says nothing of its content.
 *
 * @param lifetime how long the credential shall be good; empty if that is not allowed
 */
record Redemption(String code, String verifier, Optional<Duration> lifetime) {
  private static final Set<String> MEMBERS = Set.of("code", "verifier", "minutes");

  /** As both are made (RFC 7636, section 4.1). */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  /** Empty if the body is none. */
  static Optional<Redemption> read(byte[] body, Duration usual) {
    try {
      Json.Members members = JsonReader.object(body);
      Optional<String> code = text(members, "code");
      Optional<String> verifier = text(members, "verifier");
      return MEMBERS.containsAll(members.byName().keySet())
              && code.isPresent()
              && verifier.isPresent()
          ? Optional.of(new Redemption(code.get(), verifier.get(), Lifetime.of(members, usual)))
          : Optional.empty();
    } catch (UnreadableJsonException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Json.Members members, String name) {
    return members.find(name).orElse(null) instanceof Json.Text(String text)
            && FORM.matcher(text).matches()
        ? Optional.of(text)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "redemption";
  }
}

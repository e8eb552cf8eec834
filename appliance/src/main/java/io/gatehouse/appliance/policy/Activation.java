package io.gatehouse.appliance.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That somebody put a policy into force; a line of the store's record.
 *
 * @param operator who proved to be one
 * @param digest of the policy
 * @param replaced the digest of the one before, empty for the first
 */
public record Activation(
    Instant time, String operator, String digest, Optional<String> replaced, int files) {
  private static final String NONE = "none";
  private static final Pattern LINE =
      Pattern.compile(
          "time=(\\S+) operator=\"([^\"]+)\" digest=([0-9a-f]{64})"
              + " replaced=([0-9a-f]{64}|none) files=(\\d{1,6})");

  /** A user's name holds no quotes and no control characters, so the line cannot be forged. */
  String line() {
    return "time=%s operator=\"%s\" digest=%s replaced=%s files=%d"
        .formatted(time, operator, digest, replaced.orElse(NONE), files);
  }

  static Optional<Activation> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Activation(
              Instant.parse(matcher.group(1)),
              matcher.group(2),
              matcher.group(3),
              Optional.of(matcher.group(4)).filter(digest -> !digest.equals(NONE)),
              Integer.parseInt(matcher.group(5))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

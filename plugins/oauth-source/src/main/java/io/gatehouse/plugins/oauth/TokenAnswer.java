package io.gatehouse.plugins.oauth;

import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugins.http.JsonAnswer;
import io.gatehouse.plugins.http.WireBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a token endpoint gave (RFC 6749, section 5.1).
 *
 * @param bytes of RFC 6750's signs only; whoever has it wipes it
 * @param term how long it is good, as the server says
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record TokenAnswer(byte[] bytes, Optional<Duration> term) {
  /** Longer ones fit into no header that servers take. */
  static final int MOST = 16_384;

  /** What is told of an error: RFC 6749, section 5.2, and RFC 8707, section 2. */
  private static final List<String> ERRORS =
      List.of(
          "invalid_request",
          "invalid_client",
          "invalid_grant",
          "unauthorized_client",
          "unsupported_grant_type",
          "invalid_scope",
          "invalid_target");

  private static final Predicate<String> DIGITS = Pattern.compile("[0-9]{1,18}").asMatchPredicate();
  private static final long MOST_SECONDS = 31_536_000;

  static TokenAnswer of(WireBytes answer) throws SecretUnavailableException {
    int status = answer.status();
    if (status != 200) {
      throw refused(status, status == 400 || status == 401 ? error(answer) : Optional.empty());
    }
    try (JsonAnswer json = JsonAnswer.read(answer.body())) {
      if (!json.text("token_type").orElse("").equalsIgnoreCase("bearer")) {
        throw unreadable("the answer has no bearer token");
      }
      Optional<Duration> term = term(json);
      return new TokenAnswer(token(json), term);
    }
  }

  private static byte[] token(JsonAnswer json) throws SecretUnavailableException {
    byte[] token = json.secret("access_token");
    if (token.length > MOST || !written(token)) {
      Arrays.fill(token, (byte) 0);
      throw unreadable(
          "the access_token is empty, longer than " + MOST + " bytes or has signs that none has");
    }
    return token;
  }

  /** RFC 6750, section 2.1: {@code b64token}. */
  private static boolean written(byte[] token) {
    int end = token.length;
    while (end > 0 && token[end - 1] == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      byte sign = token[i];
      boolean letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
      if (!letter && !(sign >= '0' && sign <= '9') && "-._~+/".indexOf(sign) < 0) {
        return false;
      }
    }
    return end > 0;
  }

  /** Some servers write the number as a text. */
  private static Optional<Duration> term(JsonAnswer json) throws SecretUnavailableException {
    if (!json.has("expires_in")) {
      return Optional.empty();
    }
    Optional<Long> seconds = json.whole("expires_in");
    if (seconds.isEmpty()) {
      seconds = json.text("expires_in").filter(DIGITS).map(Long::parseLong);
    }
    if (seconds.isEmpty() || seconds.get() <= 0) {
      throw unreadable("expires_in is not a whole number above zero");
    }
    return Optional.of(Duration.ofSeconds(Math.min(MOST_SECONDS, seconds.get())));
  }

  /** As it stands there only if it is a known one: anything else may repeat what was sent. */
  private static Optional<String> error(WireBytes answer) {
    try (JsonAnswer json = JsonAnswer.read(answer.body())) {
      byte[] said = json.secret("error");
      Optional<String> known =
          ERRORS.stream()
              .filter(error -> Arrays.equals(error.getBytes(StandardCharsets.US_ASCII), said))
              .findFirst();
      Arrays.fill(said, (byte) 0);
      return known;
    } catch (SecretUnavailableException e) {
      return Optional.empty();
    }
  }

  private static SecretUnavailableException refused(int status, Optional<String> error) {
    Reason reason =
        switch (status) {
          case 400, 401, 403 -> error.map(TokenAnswer::reason).orElse(Reason.DENIED);
          case 404 -> Reason.NOT_FOUND;
          default -> status >= 429 ? Reason.UNREACHABLE : Reason.UNREADABLE;
        };
    return new SecretUnavailableException(
        reason,
        "the question for a token was answered with status "
            + status
            + error.map(word -> ", " + word).orElse(""));
  }

  private static Reason reason(String error) {
    return error.equals("invalid_scope") || error.equals("invalid_target")
        ? Reason.REFERENCE
        : Reason.DENIED;
  }

  private static SecretUnavailableException unreadable(String message) {
    return new SecretUnavailableException(Reason.UNREADABLE, message);
  }
}

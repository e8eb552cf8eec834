package io.gatehouse.plugins.oauth;

import io.gatehouse.plugin.secret.FetchedSecret;
import io.gatehouse.plugin.secret.SecretSource;
import io.gatehouse.plugin.secret.SecretUnavailableException;
import io.gatehouse.plugin.secret.SecretUnavailableException.Reason;
import io.gatehouse.plugin.secret.Term;
import io.gatehouse.plugins.http.WireBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tokens of one authorization server. None is kept here, and none can be extended: each question
 * gets another. By the source's own thread.
 */
final class OAuthSource implements SecretSource {
  private final OAuthConfig config;
  private final LongSupplier nanos;

  OAuthSource(OAuthConfig config, LongSupplier nanos) {
    this.config = config;
    this.nanos = nanos;
  }

  @Override
  public FetchedSecret fetch(Map<String, String> reference) throws SecretUnavailableException {
    TokenReference wanted = TokenReference.of(reference);
    long before = nanos.getAsLong();
    try (WireBytes request = new WireBytes()) {
      new TokenRequest(config).write(request, wanted);
      TokenAnswer token = config.endpoint().ask(request, TokenAnswer::of);
      return FetchedSecret.of(token.bytes(), new Term.Ends(left(token, before), Optional.empty()));
    }
  }

  /** The server counts from when it answered, which is after it was asked. */
  private Duration left(TokenAnswer token, long before) throws SecretUnavailableException {
    Duration passed = Duration.ofNanos(nanos.getAsLong() - before);
    Duration left = token.term().orElse(config.assumed()).minus(passed);
    if (left.isNegative() || left.isZero()) {
      Arrays.fill(token.bytes(), (byte) 0);
      throw new SecretUnavailableException(
          Reason.UNREACHABLE, "the token had ended before the answer was here");
    }
    return left;
  }

  @Override
  public void close() {}
}

package io.gatehouse.appliance.identity;

import io.gatehouse.appliance.identity.token.TokenAnswer;
import io.gatehouse.appliance.identity.token.TokenCheck;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tokens in the place of passwords.
 *
 * @param user the name that says so
 */
public record TokenWay(String user, TokenCheck check) implements Way {

  @Override
  public Optional<Attempt> attempt(Arrival arrival, LoginRequest request) {
    return request.user().equals(user) ? Optional.of(new Presented()) : Optional.empty();
  }

  /** Has no state: the token is all there is. */
  private final class Presented implements Attempt {
    @Override
    public CompletionStage<Offer> offer() {
      return CompletableFuture.completedFuture(new Offer.ClearPassword());
    }

    @Override
    public CompletionStage<Evidence> prove(Proof proof) {
      return switch (proof) {
        case Proof.ClearPassword(Secret token) -> evidence(check, token);
        case Proof.BearerToken(Secret token) ->
            CompletableFuture.completedFuture(Evidence.Failed.notOffered(token));
        case Proof.Scram _, Proof.Certificate _ ->
            CompletableFuture.completedFuture(Evidence.Failed.NOT_OFFERED);
      };
    }
  }

  /** Destroys the token. */
  static CompletionStage<Evidence> evidence(TokenCheck check, Secret token) {
    String text;
    try (token) {
      text = new String(token.bytes(), StandardCharsets.UTF_8);
    }
    return check.check(text).thenApply(TokenWay::evidence);
  }

  private static Evidence evidence(TokenAnswer answer) {
    return switch (answer) {
      case TokenAnswer.Accepted accepted -> Evidence.Proven.of(accepted.identity());
      case TokenAnswer.Refused refused -> Evidence.Failed.of(refused.reason());
    };
  }
}

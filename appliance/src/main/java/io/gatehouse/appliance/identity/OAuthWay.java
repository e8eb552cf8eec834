package io.gatehouse.appliance.identity;

import io.gatehouse.appliance.identity.token.TokenCheck;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.Secret;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tokens by SASL OAUTHBEARER, of clients that can get one themselves, and by HTTP's own header.
 *
 * @param names those that say so
 * @param listeners where every name is taken so
 */
public record OAuthWay(
    Set<String> names, Set<String> listeners, OAuthDirections directions, TokenCheck check)
    implements Way {
  public OAuthWay {
    names = Set.copyOf(names);
    listeners = Set.copyOf(listeners);
  }

  @Override
  public Optional<Attempt> attempt(Arrival arrival, LoginRequest request) {
    return listeners.contains(arrival.listener()) || names.contains(request.user())
        ? Optional.of(new Shown())
        : Optional.empty();
  }

  /** Has no state: the token is all there is. */
  private final class Shown implements Attempt {
    @Override
    public CompletionStage<Offer> offer() {
      return CompletableFuture.completedFuture(new Offer.OAuthBearer(directions.json()));
    }

    @Override
    public CompletionStage<Evidence> prove(Proof proof) {
      return switch (proof) {
        case Proof.BearerToken(Secret token) when token.bytes().length == 0 ->
            CompletableFuture.completedFuture(Evidence.Failed.NO_TOKEN);
        case Proof.BearerToken(Secret token) -> TokenWay.evidence(check, token);
        case Proof.ClearPassword(Secret password) ->
            CompletableFuture.completedFuture(Evidence.Failed.notOffered(password));
        case Proof.Scram _, Proof.Certificate _ ->
            CompletableFuture.completedFuture(Evidence.Failed.NOT_OFFERED);
      };
    }
  }
}

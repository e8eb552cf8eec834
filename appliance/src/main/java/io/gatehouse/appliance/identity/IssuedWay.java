package io.gatehouse.appliance.identity;

import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.appliance.identity.issued.IssuedCredentials;
import io.gatehouse.appliance.identity.issued.IssuedName;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.ScramVerifier;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Credentials that the gate issued, by SCRAM. Every name of their form is taken, known or not. */
public record IssuedWay(IssuedCredentials credentials) implements Way {

  @Override
  public Optional<Attempt> attempt(Arrival arrival, LoginRequest request) {
    return IssuedName.hasForm(request.user())
        ? Optional.of(new Exchange(request.user()))
        : Optional.empty();
  }

  /** The verifier is written before the client hears of it, and read after its proof came. */
  private final class Exchange implements Attempt {
    private final String name;
    private volatile @Nullable ScramVerifier offered;

    Exchange(String name) {
      this.name = name;
    }

    @Override
    public CompletionStage<Offer> offer() {
      return credentials
          .verifierFor(name)
          .thenApply(
              verifier -> {
                offered = verifier;
                return new Offer.Scram(verifier);
              });
    }

    @Override
    public CompletionStage<Offer> decoy() {
      return CompletableFuture.completedFuture(new Offer.Scram(credentials.decoyFor(name)));
    }

    @Override
    public CompletionStage<Evidence> prove(Proof proof) {
      return switch (proof) {
        case Proof.Scram(boolean proved) ->
            proved ? known() : CompletableFuture.completedFuture(Evidence.Failed.PASSWORD);
        case Proof.ClearPassword(var secret) ->
            CompletableFuture.completedFuture(Evidence.Failed.notOffered(secret));
        case Proof.BearerToken(var secret) ->
            CompletableFuture.completedFuture(Evidence.Failed.notOffered(secret));
        case Proof.Certificate() -> CompletableFuture.completedFuture(Evidence.Failed.NOT_OFFERED);
      };
    }

    private CompletionStage<Evidence> known() {
      ScramVerifier verifier = offered;
      return verifier == null
          ? CompletableFuture.completedFuture(Evidence.Failed.NOT_OFFERED)
          : credentials.proved(name, verifier).thenApply(Exchange::evidence);
    }

    private static Evidence evidence(Optional<IssuedCredential> found) {
      return found.<Evidence>map(Evidence.Proven::of).orElse(Evidence.Failed.PASSWORD);
    }
  }
}

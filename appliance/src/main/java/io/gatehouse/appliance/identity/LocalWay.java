package io.gatehouse.appliance.identity;

import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.ScramVerifier;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passwords of the users file, by SCRAM. Whether a name is in the file makes no difference to be
 * seen: an unknown one goes through the same exchange, which fails.
 */
public final class LocalWay {
  private final Supplier<Users> users;
  private final InstantSource clock;

  /**
   * @param users asked again for the proof: who was removed meanwhile is not let in
   */
  public LocalWay(Supplier<Users> users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  Attempt begin(LoginRequest request) {
    return new Exchange(request.user());
  }

  /** Owned by the session's event loop. */
  private final class Exchange implements Attempt {
    private final String name;
    private @Nullable ScramVerifier offered;

    Exchange(String name) {
      this.name = name;
    }

    @Override
    public CompletionStage<Offer> offer() {
      ScramVerifier verifier = users.get().verifierFor(name);
      offered = verifier;
      return CompletableFuture.completedFuture(new Offer.Scram(verifier));
    }

    @Override
    public boolean guessable() {
      return true;
    }

    @Override
    public CompletionStage<Evidence> prove(Proof proof) {
      return CompletableFuture.completedFuture(
          switch (proof) {
            case Proof.Scram(boolean proved) -> proved ? known() : Evidence.Failed.PASSWORD;
            case Proof.ClearPassword(var secret) -> Evidence.Failed.notOffered(secret);
            case Proof.BearerToken(var secret) -> Evidence.Failed.notOffered(secret);
            case Proof.Certificate() -> Evidence.Failed.NOT_OFFERED;
          });
    }

    private Evidence known() {
      ScramVerifier verifier = offered;
      return verifier == null
          ? Evidence.Failed.NOT_OFFERED
          : users
              .get()
              .proved(name, verifier)
              .<Evidence>map(user -> Evidence.Proven.of(user, clock.instant()))
              .orElse(Evidence.Failed.PASSWORD);
    }
  }
}

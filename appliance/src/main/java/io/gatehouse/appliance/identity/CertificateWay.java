package io.gatehouse.appliance.identity;

import io.gatehouse.appliance.identity.certificate.CertificateAnswer;
import io.gatehouse.appliance.identity.certificate.CertificateCallers;
import io.gatehouse.spi.Arrival;
import io.gatehouse.spi.LoginRequest;
import io.gatehouse.spi.LoginRequest.TlsFacts;
import io.gatehouse.spi.Offer;
import io.gatehouse.spi.Proof;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The certificate of the TLS handshake.
 *
 * @param user the name that says so
 */
public record CertificateWay(String user, CertificateCallers callers, InstantSource clock)
    implements Way {

  @Override
  public Optional<Attempt> attempt(Arrival arrival, LoginRequest request) {
    return request.user().equals(user)
        ? Optional.of(new Shown(request.tls().map(TlsFacts::clientCertificates).orElse(List.of())))
        : Optional.empty();
  }

  private final class Shown implements Attempt {
    private final List<X509Certificate> chain;

    Shown(List<X509Certificate> chain) {
      this.chain = chain;
    }

    @Override
    public CompletionStage<Offer> offer() {
      return CompletableFuture.completedFuture(new Offer.Certificate());
    }

    @Override
    public CompletionStage<Evidence> prove(Proof proof) {
      return CompletableFuture.completedFuture(
          switch (proof) {
            case Proof.Certificate() -> evidence();
            case Proof.ClearPassword(var secret) -> Evidence.Failed.notOffered(secret);
            case Proof.BearerToken(var secret) -> Evidence.Failed.notOffered(secret);
            case Proof.Scram _ -> Evidence.Failed.NOT_OFFERED;
          });
    }

    private Evidence evidence() {
      return switch (callers.check(chain, clock.instant())) {
        case CertificateAnswer.Accepted(var caller, var leaf) ->
            new Evidence.Proven(caller, Standing.of(leaf));
        case CertificateAnswer.Refused(String reason) ->
            new Evidence.Failed("certificate " + reason);
      };
    }
  }
}

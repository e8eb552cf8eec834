package io.gatehouse.appliance.identity.token;

import io.gatehouse.appliance.identity.oidc.OidcServer;
import io.gatehouse.appliance.identity.token.TokenAnswer.Accepted;
import io.gatehouse.appliance.identity.token.TokenAnswer.Refused;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A check of tokens as it runs in the gate, asked one by one. */
record Checking(TokenCheck check) implements AutoCloseable {
  /** Usual but for a busy machine, on which nothing is to fail because it is slow. */
  static final KeyRules PATIENT =
      new KeyRules(
          KeyRules.USUAL.refresh(),
          KeyRules.USUAL.outage(),
          KeyRules.USUAL.pause(),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  static Checking of(SetClock clock, TokenIssuer... issuers) {
    try {
      return of(clock, SSLContext.getDefault(), issuers);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Checking of(SetClock clock, SSLContext trust, TokenIssuer... issuers) {
    return new Checking(new TokenCheck(new TokenIssuers(List.of(issuers)), clock, trust));
  }

  static TokenIssuer usual(OidcServer server) {
    return TokenIssuer.of(server.issuer(), OidcServer.AUDIENCE).withKeys(PATIENT);
  }

  TokenAnswer ask(String token) {
    return check.check(token).toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
  }

  TokenIdentity accepted(String token) {
    return switch (ask(token)) {
      case Accepted(TokenIdentity identity) -> identity;
      case Refused refused -> throw new AssertionError("refused: " + refused.reason().code());
    };
  }

  TokenRefusal refused(String token) {
    return switch (ask(token)) {
      case Accepted accepted -> throw new AssertionError("accepted");
      case Refused refused -> refused.reason();
    };
  }

  @Override
  public void close() {
    check.close();
  }
}

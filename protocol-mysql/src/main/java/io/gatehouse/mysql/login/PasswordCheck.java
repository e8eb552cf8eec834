package io.gatehouse.mysql.login;

import io.gatehouse.spi.Proof;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.ScramVerifier;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What becomes of a password that a client sent: the proof that the engine has asked for. */
sealed interface PasswordCheck {

  /** Takes over the password. */
  CompletionStage<Proof> proof(Secret password, Executor computing);

  /** The engine checks it itself. */
  record Whole() implements PasswordCheck {
    @Override
    public CompletionStage<Proof> proof(Secret password, Executor computing) {
      return CompletableFuture.completedFuture(new Proof.ClearPassword(password));
    }
  }

  /** It is a token. */
  record Token() implements PasswordCheck {
    @Override
    public CompletionStage<Proof> proof(Secret password, Executor computing) {
      return CompletableFuture.completedFuture(new Proof.BearerToken(password));
    }
  }

  /**
   * Against a verifier of SCRAM: the gate derives what a client of that would have, which costs
   * what the verifier says, and the engine hears whether it fits.
   */
  record Scram(ScramVerifier verifier) implements PasswordCheck {
    @Override
    public CompletionStage<Proof> proof(Secret password, Executor computing) {
      return CompletableFuture.supplyAsync(() -> new Proof.Scram(fits(password)), computing);
    }

    private boolean fits(Secret password) {
      try (password) {
        ScramKeys keys = ScramKeys.derive(password, verifier.salt(), verifier.iterations());
        return MessageDigest.isEqual(Sha256.digest(keys.clientKey()), verifier.storedKey());
      }
    }
  }
}

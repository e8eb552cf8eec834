package io.gatehouse.appliance.credential;

import io.gatehouse.appliance.config.SecretReference;
import io.gatehouse.plugin.secret.FetchedSecret;
import io.gatehouse.plugin.secret.Term;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The gate's own machine: a file, a variable, a systemd credential. */
record MachineOrigin(SecretReference reference, Executor threads) implements Origin {

  @Override
  public CompletableFuture<FetchedSecret> fetch() {
    CompletableFuture<FetchedSecret> result = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            result.complete(FetchedSecret.of(reference.resolve().bytes(), new Term.Open()));
          } catch (IOException | RuntimeException e) {
            result.completeExceptionally(new NoCredentialException(reason(e)));
          }
        });
    return result;
  }

  private static String reason(Exception e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "there is no file " + e.getMessage()
        : String.valueOf(e.getMessage());
  }

  @Override
  public CompletableFuture<Optional<Duration>> extend(String lease) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public Optional<Duration> refresh() {
    return Optional.empty();
  }
}

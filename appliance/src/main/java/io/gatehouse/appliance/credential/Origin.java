package io.gatehouse.appliance.credential;

import io.gatehouse.plugin.secret.FetchedSecret;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where one secret comes from. Asked by any thread, answers by threads that may wait. */
interface Origin {
  /** Whoever takes it closes it. Fails with {@link NoCredentialException}. */
  CompletableFuture<FetchedSecret> fetch();

  /** How long it is good from now on; empty where it cannot be extended. Fails in the same way. */
  CompletableFuture<Optional<Duration>> extend(String lease);

  /** How often it is fetched without a reason. */
  Optional<Duration> refresh();
}

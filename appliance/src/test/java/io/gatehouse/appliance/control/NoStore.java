package io.gatehouse.appliance.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store that is down. */
public final class NoStore implements ControlStore {
  private static <T extends @Nullable Object> CompletionStage<T> down() {
    return CompletableFuture.failedStage(
        new StoreException(StoreFailure.UNREACHABLE, "there is no store"));
  }

  @Override
  public CompletionStage<byte[]> saltKey() {
    return down();
  }

  @Override
  public CompletionStage<@Nullable Void> put(StoredCredential credential) {
    return down();
  }

  @Override
  public CompletionStage<Optional<StoredCredential>> find(String name, Instant now) {
    return down();
  }

  @Override
  public CompletionStage<Optional<IssuedCredential>> show(String name) {
    return down();
  }

  @Override
  public CompletionStage<List<IssuedCredential>> list(Listing listing) {
    return down();
  }

  @Override
  public CompletionStage<Long> revoke(Revocation revocation) {
    return down();
  }

  @Override
  public CompletionStage<Changes> changesSince(long version) {
    return down();
  }

  @Override
  public Refreshes refreshes() {
    throw new UnsupportedOperationException("there is no store");
  }

  @Override
  public Pins pins() {
    throw new UnsupportedOperationException("there is no store");
  }

  @Override
  public CompletionStage<Integer> forget(Instant now) {
    return down();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}

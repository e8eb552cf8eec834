package io.gatehouse.appliance.control;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for a stage, where a gate never would. */
public final class Stages {
  private Stages() {}

  public static <T extends @Nullable Object> T done(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw StoreException.from(e);
    }
  }

  public static StoreFailure failure(CompletionStage<?> stage) throws Exception {
    return exception(stage).failure();
  }

  public static StoreException exception(CompletionStage<?> stage) throws Exception {
    try {
      Object got = stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
      throw new AssertionError("did not fail, but answered " + got);
    } catch (ExecutionException e) {
      return StoreException.from(e);
    }
  }
}

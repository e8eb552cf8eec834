package io.gatehouse.postgres.upstream;

import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Derived keys by password, salt and cost, so that a thousand logins with one held credential cost
 * one PBKDF2. As secret as the password, so they are kept as it is, outside of the heap, and no
 * longer than it is. Thread-safe.
 */
final class ScramKeyCache {
  /** Of one password: each server has a salt of its own for it, and a hostile one has many. */
  static final int ENTRIES = 16;

  private record Key(ByteBuffer salt, int iterations) {}

  private final Executor computing;

  /**
   * A password is itself only, so nothing on the heap tells whether a guess is it. What is kept for
   * it must not lead to it, or it would never go.
   */
  private final Map<HeldSecret, Map<Key, CompletableFuture<HeldSecret>>> cache =
      new WeakHashMap<>();

  ScramKeyCache(Executor computing) {
    this.computing = computing;
  }

  /** What {@link ScramKeys#parted} takes. */
  CompletableFuture<HeldSecret> keys(Credential credential, byte[] salt, int iterations) {
    HeldSecret held = credential.password();
    if (held == null) {
      return CompletableFuture.failedFuture(
          new ConnectFailure("the server asks for a password and the target has none"));
    }
    Key key = new Key(ByteBuffer.wrap(salt.clone()), iterations);
    synchronized (cache) {
      return cache
          .computeIfAbsent(held, _ -> new Latest())
          .computeIfAbsent(
              key,
              _ -> CompletableFuture.supplyAsync(() -> derived(held, salt, iterations), computing));
    }
  }

  private static HeldSecret derived(HeldSecret held, byte[] salt, int iterations) {
    try (Secret password = held.copy();
        ScramKeys keys = ScramKeys.derive(password, salt, iterations)) {
      return HeldSecret.of(keys.joined());
    }
  }

  private static final class Latest extends LinkedHashMap<Key, CompletableFuture<HeldSecret>> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(4, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<HeldSecret>> eldest) {
      return size() > ENTRIES;
    }
  }
}

package io.gatehouse.postgres.upstream;

import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.ScramKeys;
import io.gatehouse.spi.login.Secret;
import io.gatehouse.spi.login.Sha256;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Derived keys by password, salt and cost, so that a thousand logins with one held credential cost
 * one PBKDF2. As secret as the credential, which the appliance holds as well. Thread-safe.
 */
final class ScramKeyCache {
  private static final int ENTRIES = 256;

  /** The password is compared through its identity-free digest, never kept as text. */
  private record Key(String user, ByteBuffer password, ByteBuffer salt, int iterations) {}

  private final Executor computing;
  private final Map<Key, CompletableFuture<ScramKeys>> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<ScramKeys>> eldest) {
          return size() > ENTRIES;
        }
      };

  ScramKeyCache(Executor computing) {
    this.computing = computing;
  }

  CompletableFuture<ScramKeys> keys(Credential credential, byte[] salt, int iterations) {
    HeldSecret held = credential.password();
    if (held == null) {
      return CompletableFuture.failedFuture(
          new ConnectFailure("the server asks for a password and the target has none"));
    }
    Key key =
        new Key(
            credential.user(),
            ByteBuffer.wrap(digest(held, salt)),
            ByteBuffer.wrap(salt.clone()),
            iterations);
    synchronized (cache) {
      return cache.computeIfAbsent(
          key,
          _ -> CompletableFuture.supplyAsync(() -> derived(held, salt, iterations), computing));
    }
  }

  private static byte[] digest(HeldSecret held, byte[] salt) {
    try (Secret password = held.copy()) {
      return Sha256.hmac(salt, password.bytes());
    }
  }

  private static ScramKeys derived(HeldSecret held, byte[] salt, int iterations) {
    try (Secret password = held.copy()) {
      return ScramKeys.derive(password, salt, iterations);
    }
  }
}

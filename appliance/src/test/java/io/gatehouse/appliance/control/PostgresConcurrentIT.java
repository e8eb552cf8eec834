package io.gatehouse.appliance.control;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** In a real PostgreSQL. */
final class PostgresConcurrentIT extends ConcurrentStoreContract {
  private static @Nullable SharedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = new SharedPostgres();
  }

  @AfterAll
  static void stop() throws Exception {
    Objects.requireNonNull(postgres).close();
  }

  @Override
  StoreLocation location() {
    return Objects.requireNonNull(postgres).newSchema();
  }
}

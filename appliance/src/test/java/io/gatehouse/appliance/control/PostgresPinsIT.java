package io.gatehouse.appliance.control;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of pins in a real PostgreSQL. */
final class PostgresPinsIT extends PinsContract {
  private static @Nullable SharedPostgres postgres;
  private StoreLocation.@Nullable InPostgres location;

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
    if (location == null) {
      location = Objects.requireNonNull(postgres).newSchema();
    }
    return location;
  }
}

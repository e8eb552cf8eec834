package io.gatehouse.appliance.control;

import io.gatehouse.appliance.gated.RealDatabase;
import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL that nobody else has, with a schema for each test. */
final class SharedPostgres implements AutoCloseable {
  private final RealDatabase database;
  private final AtomicInteger schemas = new AtomicInteger();

  SharedPostgres() throws Exception {
    database = RealDatabase.alone("control");
  }

  RealDatabase database() {
    return database;
  }

  String url() {
    return "jdbc:postgresql://localhost:%d/%s?sslmode=disable"
        .formatted(database.port(), database.name());
  }

  StoreLocation.InPostgres newSchema() {
    return as("postgres", "not-asked-for", "control_" + schemas.incrementAndGet());
  }

  StoreLocation.InPostgres as(String user, String password, String schema) {
    return new StoreLocation.InPostgres(
        url(), user, () -> Secret.of(password.toCharArray()), schema);
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}

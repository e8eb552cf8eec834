package io.gatehouse.postgres.drivers;

import io.gatehouse.postgres.message.RealServer;
import io.gatehouse.postgres.testing.GuardedServer;
import io.gatehouse.postgres.testing.GuardedServer.Major;
import io.gatehouse.spi.Upstream;
import io.gatehouse.spi.login.Credential;
import io.gatehouse.spi.login.HeldSecret;
import io.gatehouse.spi.login.Secret;
import java.util.EnumMap;
import java.util.Map;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL that drivers meet. The system property {@code gatehouse.test.server} says where it
 * comes from: {@code embedded} (the default) or {@code testcontainers}, see {@link
 * ServerCondition}.
 */
record TestServer(String host, int port, String password) {
  static final String PROPERTY = "gatehouse.test.server";
  static final String USER = "postgres";

  private static final Map<Major, TestServer> RUNNING = new EnumMap<>(Major.class);

  static TestServer of(Major major) {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(major, TestServer::start);
    }
  }

  /** Where it comes from. */
  enum Source {
    EMBEDDED,
    TESTCONTAINERS
  }

  static Source source() {
    String source = System.getProperty(PROPERTY, "embedded");
    return switch (source) {
      case "embedded" -> Source.EMBEDDED;
      case "testcontainers" -> Source.TESTCONTAINERS;
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is \"" + source + "\"; it may be embedded or testcontainers");
    };
  }

  private static TestServer start(Major major) {
    return switch (source()) {
      case EMBEDDED -> embedded(major);
      case TESTCONTAINERS -> container(major);
    };
  }

  private static TestServer embedded(Major major) {
    return switch (major) {
      case NEWEST -> new TestServer("localhost", RealServer.port(), "unused");
      case OLDER -> new TestServer("localhost", GuardedServer.of(major).port(), "unused");
    };
  }

  @SuppressWarnings("resource") // Testcontainers removes it when the JVM ends
  private static TestServer container(Major major) {
    String image =
        switch (major) {
          case NEWEST -> "postgres:18";
          case OLDER -> "postgres:15";
        };
    PostgreSQLContainer container = new PostgreSQLContainer(image).withUsername(USER);
    container.start();
    return new TestServer(
        container.getHost(),
        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
        container.getPassword());
  }

  /** For the gate, over plain TCP. */
  Upstream upstream() {
    return new Upstream(
        "driven",
        new Upstream.Tcp(host, port, null),
        new Credential(USER, HeldSecret.of(Secret.of(password.toCharArray()))),
        "postgres",
        null,
        Map.of());
  }
}

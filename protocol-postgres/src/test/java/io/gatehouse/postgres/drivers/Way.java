package io.gatehouse.postgres.drivers;

import io.gatehouse.postgres.testing.Gateway;
import io.gatehouse.postgres.testing.GuardedServer.Major;
import io.gatehouse.spi.testing.Certificates;
import io.gatehouse.spi.testing.ScriptedGate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/** How a driver gets to the server: nothing that a test asserts may depend on it. */
enum Way {
  DIRECT(Major.NEWEST, false),
  GATED(Major.NEWEST, true),
  OLDER_DIRECT(Major.OLDER, false),
  OLDER_GATED(Major.OLDER, true);

  private static final Map<Way, Gateway> GATES = new EnumMap<>(Way.class);

  private final Major major;
  private final boolean gated;

  Way(Major major, boolean gated) {
    this.major = major;
    this.gated = gated;
  }

  boolean gated() {
    return gated;
  }

  String host() {
    return gated ? "localhost" : TestServer.of(major).host();
  }

  int port() {
    return gated ? gate().port() : TestServer.of(major).port();
  }

  String user() {
    return gated ? "alice" : TestServer.USER;
  }

  String password() {
    return gated ? ScriptedGate.PASSWORD : TestServer.of(major).password();
  }

  /** One for all tests of this fork, with TLS as in real life; it stops with the JVM. */
  private Gateway gate() {
    synchronized (GATES) {
      return GATES.computeIfAbsent(
          this,
          _ ->
              Gateway.secured(
                  new ScriptedGate(TestServer.of(major).upstream()),
                  Certificates.gate(Certificates.localhost(), "postgresql"),
                  false));
    }
  }

  /** By pgjdbc, with settings of the driver as names and values. */
  Connection connect(String... settings) throws SQLException {
    return DriverManager.getConnection(url(), properties(settings));
  }

  String url() {
    return "jdbc:postgresql://" + host() + ":" + port() + "/postgres";
  }

  Properties properties(String... settings) {
    Properties properties = new Properties();
    properties.setProperty("user", user());
    properties.setProperty("password", password());
    if (gated) {
      properties.setProperty("sslmode", "verify-full");
      properties.setProperty("sslrootcert", Certificates.ca().toString());
    }
    for (int i = 0; i < settings.length; i += 2) {
      properties.setProperty(settings[i], settings[i + 1]);
    }
    return properties;
  }
}

package io.gatehouse.postgres.message;

import io.gatehouse.postgres.testing.BriefServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One real PostgreSQL for all tests of this fork; it stops with the JVM. */
public final class RealServer {
  private static final class Running {
    static final EmbeddedPostgres SERVER = start();
  }

  private RealServer() {}

  private static EmbeddedPostgres start() {
    try {
      return BriefServer.builder().setServerConfig("password_encryption", "scram-sha-256").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port on loopback; anyone may log in as postgres without a password. */
  public static int port() {
    return Running.SERVER.getPort();
  }
}

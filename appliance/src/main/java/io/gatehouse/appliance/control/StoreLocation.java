package io.gatehouse.appliance.control;

import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where the store is kept. */
public sealed interface StoreLocation {

  /**
   * In a file, for one gate. The file and its folder are made if they are not there, and must be
   * private to the gate's own user.
   */
  record InFile(Path file) implements StoreLocation {
    public InFile {
      file = file.toAbsolutePath().normalize();
    }
  }

  /**
   * In a PostgreSQL that several gates may share.
   *
   * @param url {@code jdbc:postgresql://host:port/database}, with the parameters of TLS where the
   *     default, {@code verify-full}, does not do
   * @param user may create tables in the schema, or the schema itself
   * @param password asked for at each login, so that it can change
   * @param schema lower-case letters, digits and underscores
   */
  record InPostgres(String url, String user, PasswordSource password, String schema)
      implements StoreLocation {
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public InPostgres {
      PostgresUrl.check(url);
      if (!SCHEMA.matcher(schema).matches() || schema.startsWith("pg_")) {
        throw new IllegalArgumentException(
            "the control store's schema must be lower-case letters, digits and underscores, at most"
                + " 63, and not begin with pg_");
      }
    }
  }

  /** Where a password is. */
  @FunctionalInterface
  interface PasswordSource {
    /** Reads it now; who asks closes it. */
    Secret read() throws IOException;
  }
}

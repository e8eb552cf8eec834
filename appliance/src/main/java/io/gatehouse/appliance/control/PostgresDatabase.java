package io.gatehouse.appliance.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/** A schema of a PostgreSQL, shared or not. */
final class PostgresDatabase implements Database {
  /** Of no meaning but that the gates use the same. */
  private static final int MIGRATION_LOCK = 0x67617465;

  private final StoreLocation.InPostgres location;
  private final String passwordSource;
  private final Properties properties = new Properties();

  PostgresDatabase(StoreLocation.InPostgres location, StoreLimits limits) {
    this.location = location;
    passwordSource = PostgresPassword.register(location.password());
    Duration patience = limits.ofStatement();
    String seconds = Long.toString(Math.max(1, limits.timeout().toSeconds()));
    properties.setProperty("user", location.user());
    properties.setProperty("authenticationPluginClassName", PostgresPassword.class.getName());
    properties.setProperty(PostgresPassword.SOURCE, passwordSource);
    properties.setProperty("currentSchema", location.schema());
    properties.setProperty("ApplicationName", "gatehouse control store");
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("socketTimeout", seconds);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("gssEncMode", "disable");
    // Details of an error can be whole rows.
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty(
        "options",
        "-c lock_timeout=%1$d -c statement_timeout=%1$d -c synchronous_commit=on"
            .formatted(patience.toMillis()));
    setUnlessSaid("sslmode", "verify-full");
    setUnlessSaid("targetServerType", "primary");
  }

  private void setUnlessSaid(String parameter, String value) {
    if (!PostgresUrl.says(location.url(), parameter)) {
      properties.setProperty(parameter, value);
    }
  }

  @Override
  public Connection connect() throws SQLException, StoreException {
    Connection connection = new Driver().connect(location.url(), properties);
    if (connection == null) {
      throw new StoreException(
          StoreFailure.REFUSED, "the control store's url is not one of PostgreSQL");
    }
    return connection;
  }

  @Override
  public void prepare() throws SQLException, StoreException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      lockForMigration(connection);
      if (!hasSchema(connection)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("CREATE SCHEMA " + location.schema());
        }
      }
      connection.commit();
    }
  }

  /** {@code CREATE SCHEMA IF NOT EXISTS} wants a right that is not needed where it does exist. */
  private boolean hasSchema(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
      statement.setString(1, location.schema());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public void lockForMigration(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_catalog.pg_advisory_xact_lock(?, ?)")) {
      statement.setInt(1, MIGRATION_LOCK);
      statement.setInt(2, location.schema().hashCode());
      statement.execute();
    }
  }

  @Override
  public void close() {
    PostgresPassword.forget(passwordSource);
  }

  @Override
  public StoreException failure(SQLException e) {
    StoreFailure failure = reason(String.valueOf(e.getSQLState()));
    String state = " (SQLSTATE " + e.getSQLState() + ")";
    return new StoreException(
        failure,
        switch (failure) {
          case UNREACHABLE ->
              "the control store's PostgreSQL cannot be reached: " + e.getMessage() + state;
          case FULL -> "no space left for the control store's PostgreSQL" + state;
          case LOCKED -> "the control store's PostgreSQL is held by another for too long" + state;
          case REFUSED -> "the control store's PostgreSQL refuses user " + location.user() + state;
          case NOT_OURS -> "the schema " + location.schema() + " is no control store" + state;
          case TIMED_OUT, OVERLOADED, BROKEN, CLOSED, NAME_TAKEN ->
              "the control store's PostgreSQL failed" + state;
        },
        e);
  }

  /** By class or code of PostgreSQL's documentation, appendix A. */
  private static StoreFailure reason(String state) {
    return switch (state) {
      case "53100" -> StoreFailure.FULL;
      case "55P03", "57014", "40001", "40P01" -> StoreFailure.LOCKED;
      case "42501", "25006", "3D000" -> StoreFailure.REFUSED;
      case "42P01", "42703", "3F000" -> StoreFailure.NOT_OURS;
      default ->
          switch (state.substring(0, Math.min(2, state.length()))) {
            case "08", "53", "57" -> StoreFailure.UNREACHABLE;
            case "28" -> StoreFailure.REFUSED;
            case "XX" -> StoreFailure.NOT_OURS;
            default -> StoreFailure.BROKEN;
          };
    };
  }
}

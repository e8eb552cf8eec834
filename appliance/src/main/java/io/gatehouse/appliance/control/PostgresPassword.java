package io.gatehouse.appliance.control;

import io.gatehouse.spi.login.Secret;
import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Hands the password to the driver as characters, which it wipes, where a property would be a
 * String that lives as long as the connection. The driver makes one by name, so what it reads from
 * is registered beforehand and goes by a number.
 */
public final class PostgresPassword implements AuthenticationPlugin {
  static final String SOURCE = "gatehouse.password.source";

  private static final Map<String, StoreLocation.PasswordSource> SOURCES =
      new ConcurrentHashMap<>();
  private static final AtomicLong LAST = new AtomicLong();

  private final String number;

  /** Called by the driver, with the properties of the connection. */
  public PostgresPassword(Properties properties) {
    number = properties.getProperty(SOURCE, "");
  }

  static String register(StoreLocation.PasswordSource source) {
    String number = Long.toString(LAST.incrementAndGet());
    SOURCES.put(number, source);
    return number;
  }

  static void forget(String number) {
    SOURCES.remove(number);
  }

  @Override
  public char[] getPassword(AuthenticationRequestType type) throws PSQLException {
    StoreLocation.PasswordSource source = SOURCES.get(number);
    if (source == null) {
      throw new PSQLException("the connection has no password source", PSQLState.INVALID_PASSWORD);
    }
    try (Secret password = source.read()) {
      return password.characters();
    } catch (IOException | IllegalStateException e) {
      throw new PSQLException(
          "the password of the control store cannot be read", PSQLState.INVALID_PASSWORD, e);
    }
  }
}

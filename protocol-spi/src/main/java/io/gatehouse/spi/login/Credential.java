package io.gatehouse.spi.login;

import org.jspecify.annotations.Nullable;

/**
 * Who the gate is on a target.
 *
 * @param user the database user
 * @param password null where the target trusts the connection itself
 */
public record Credential(String user, @Nullable HeldSecret password) {

  @Override
  public String toString() {
    return "Credential[" + user + "]";
  }
}

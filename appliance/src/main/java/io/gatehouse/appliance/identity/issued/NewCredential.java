package io.gatehouse.appliance.identity.issued;

import io.gatehouse.appliance.control.IssuedCredential;
import io.gatehouse.spi.login.Secret;

/**
 * What its holder is told, once. Whoever has it closes it, which wipes the password.
 *
 * @param credential the name, and how long it is good for
 * @param password ASCII letters and digits
 */
public record NewCredential(IssuedCredential credential, Secret password) implements AutoCloseable {

  /** For HTTP: the name, a full stop and the password. The caller closes it. */
  public Secret bearerToken() {
    return BearerToken.of(credential.name(), password);
  }

  @Override
  public void close() {
    password.close();
  }
}
